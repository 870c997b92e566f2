// What this browser remembers of its reader. A browser that keeps nothing loses nothing but comfort.
export function recall(name: string): string | null {
  try {
    return localStorage.getItem(name)
  } catch {
    return null
  }
}

export function keep(name: string, value: string): void {
  try {
    localStorage.setItem(name, value)
  } catch {
    // full or forbidden
  }
}
