import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vite'

// The service that `npm run dev` asks; another by WATERBUS.
const service = process.env.WATERBUS ?? 'http://127.0.0.1:8080'

export default defineConfig({
  plugins: [svelte()],
  // the policy of the service forbids scripts and styles inside documents, and data other than pictures
  build: { target: 'es2022', assetsInlineLimit: 0, modulePreload: { polyfill: false }, reportCompressedSize: false },
  server: { proxy: { '/api': service, '/v1': service, '/docs': service, '/openapi.json': service } },
})
