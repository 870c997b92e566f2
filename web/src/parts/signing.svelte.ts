// The dialog for signing in, which any part of the page may open.
export const signing = $state({ open: false })

export function openSignIn(): void {
  signing.open = true
}
