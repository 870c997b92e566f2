// The one door to the service: typed requests, and answers as states that a view can show.
import createClient from 'openapi-fetch'
import type { components, paths } from './schema'

export type Schemas = components['schemas']
export type Problem = Schemas['HttpProblem']

/** Requests carry the session's cookie; nothing else is sent along. */
export const api = createClient<paths>({ credentials: 'same-origin' })

/** Why there is nothing to show. */
export type Fault = { kind: 'forbidden' | 'missing' | 'refused' | 'unreachable'; problem: Problem | null }

export class Refusal extends Error {
  constructor(readonly fault: Fault) {
    super(fault.problem?.detail ?? fault.kind)
  }
}

function fault(status: number, problem: unknown): Fault {
  const known = problem && typeof problem === 'object' && 'detail' in problem ? (problem as Problem) : null
  if (status === 401 || status === 403) return { kind: 'forbidden', problem: known }
  return { kind: status === 404 ? 'missing' : 'refused', problem: known }
}

type Answer<T> = { data?: T; error?: unknown; response: Response }

/** The body of a good answer; any other is thrown as a `Refusal`. */
export async function take<T>(asked: Promise<Answer<T>>): Promise<NonNullable<T>> {
  let answer: Answer<T>
  try {
    answer = await asked
  } catch {
    throw new Refusal({ kind: 'unreachable', problem: null })
  }
  if (!answer.response.ok) throw new Refusal(fault(answer.response.status, answer.error))
  return answer.data as NonNullable<T>
}

export function faultOf(error: unknown): Fault {
  if (error instanceof Refusal) return error.fault
  throw error
}
