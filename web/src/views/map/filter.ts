// Which services are shown: all, or those of a member, of a trade, or one.
import type { Plan } from '../../lib/plan'
import type { Params } from '../../lib/router.svelte'

export function filterOf(plan: Plan, { member = '', regime = '' }: Params): ReadonlySet<string> {
  const kept = plan.services.filter(
    (service) => (member === '' || service.operator === member) && (regime === '' || service.regime === regime),
  )
  return new Set(kept.map((service) => service.service))
}
