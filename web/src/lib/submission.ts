// The key that lets the service tell a booking that is sent again from another one.
function newKey(): string {
  // `randomUUID` is for pages that came over TLS; a service may be reached without
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** One key for one submission of a form: kept when the same is sent again because no answer came, another one when anything else is sent. */
export class Submission {
  #sent = ''
  #key = ''

  keyFor(body: unknown): string {
    const text = JSON.stringify(body)
    if (text !== this.#sent) {
      this.#sent = text
      this.#key = newKey()
    }
    return this.#key
  }

  /** The service has decided: whatever is sent from now on is something new. */
  answered(): void {
    this.#sent = ''
  }
}
