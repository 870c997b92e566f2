// Writes the types of the interface, src/api/schema.d.ts or the file that is named, from the description that the tests of the service hold.
import { readFileSync, writeFileSync } from 'node:fs'
import openapi, { astToString } from 'openapi-typescript'

const snapshot = new URL('../../tests/http/snapshots/http__http__contract__openapi.snap', import.meta.url)
// a snapshot has its own head between two lines of dashes
const description = readFileSync(snapshot, 'utf8').split(/^---$/m).slice(2).join('---')
const types = astToString(await openapi(JSON.parse(description)))
writeFileSync(process.argv[2] ?? new URL('../src/api/schema.d.ts', import.meta.url), `// Made by \`npm run api\`. Do not edit.\n${types}`)
