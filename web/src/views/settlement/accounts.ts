// The settlement as the views need it: all accounts for planners, the reader's own for a member, in one shape.
import type { Schemas } from '../../api/client'

export type Shown = Schemas['ShownSettlement']
export type Account = Schemas['MemberAccount']
export type Check = Schemas['Check']
export type Group = { members: string[]; value: number; share: number; excess: number }
/** What a leg brings, and who pays whom there. */
export type Leg = {
  service: string
  sailing: number
  leg: number
  teu: number
  tonne: number
  plug: number
  dangerous: number
  owed: { member: string; receives: number }[]
}

export type Books = {
  rule: Shown['rule']
  division: Shown['division']
  profit: number
  bound: number
  least: number
  returnsBefore: number
  shares: { member: string; share: number; alone: number | null }[]
  accounts: Account[]
  /** Of each account. */
  checks: Check[][]
  /** The worst off first. */
  groups: Group[]
  legs: Leg[]
  calls: Shown['calls']
  demands: Shown['demands']
  certificate: Schemas['Level'][]
  pushes: Schemas['SetWeight'][]
}

const isAlliance = (shown: Shown): shown is Schemas['AllianceSettlement'] => 'members' in shown

/** Members of a set, which is a number whose bit `i` stands for member `i`. */
export const membersOf = (set: number, accounts: Account[]) => accounts.filter((_, member) => (set >> member) & 1)

/** Every group but the empty one and all together. */
function groupsOf({ values_cents, members }: Schemas['AllianceSettlement']): Group[] {
  const groups = values_cents.map((value, set) => {
    const accounts = membersOf(set, members)
    const share = accounts.reduce((sum, account) => sum + account.share_cents, 0)
    return { members: accounts.map((account) => account.member), value, share, excess: value - share }
  })
  return groups.slice(1, -1)
}

function ownGroups({ sets, shares }: Schemas['MemberSettlement']): Group[] {
  const smaller = sets.filter((set) => set.members.length < shares.length)
  return smaller.map((set) => ({ members: set.members, value: set.value_cents, share: set.share_cents, excess: set.excess_cents }))
}

const prices = (leg: Schemas['LegAccount'] | Schemas['OwnLeg']) => ({
  service: leg.service, sailing: leg.sailing, leg: leg.leg,
  teu: leg.price_per_teu, tonne: leg.price_per_tonne, plug: leg.price_per_plug, dangerous: leg.price_per_dangerous_teu,
})

const isShort = (leg: Leg) => leg.teu + leg.tonne + leg.plug + leg.dangerous > 0

function legsOf(shown: Shown): Leg[] {
  const legs = isAlliance(shown)
    ? shown.legs.map((leg) => ({ ...prices(leg), owed: leg.accounts.map((account) => ({ member: account.member, receives: account.receives_cents })) }))
    : shown.legs.map((leg) => ({ ...prices(leg), owed: [{ member: shown.account.member, receives: leg.receives_cents }] }))
  const short = legs.filter(isShort).map((leg) => ({ ...leg, owed: leg.owed.filter((account) => account.receives !== 0) }))
  return short.sort((a, b) => b.teu - a.teu || b.tonne - a.tonne || b.plug - a.plug || b.dangerous - a.dangerous)
}

export function booksOf(shown: Shown): Books {
  const whole = isAlliance(shown)
  const accounts = whole ? shown.members : [shown.account]
  const groups = (whole ? groupsOf(shown) : ownGroups(shown)).sort((a, b) => b.excess - a.excess || a.members.length - b.members.length)
  const alone = (member: string) => groups.find((group) => group.members.length === 1 && group.members[0] === member)?.value ?? null
  const shares = whole ? shown.members : shown.shares
  return {
    rule: shown.rule,
    division: shown.division,
    profit: shown.profit_cents,
    bound: shown.bound_cents,
    least: shown.least_core_cents,
    returnsBefore: shown.returns_before_min,
    shares: shares.map(({ member, share_cents }) => ({ member, share: share_cents, alone: alone(member) })),
    accounts,
    checks: whole ? shown.checks : [shown.checks],
    groups,
    legs: legsOf(shown),
    calls: shown.calls,
    demands: shown.demands,
    certificate: whole ? shown.certificate : [],
    pushes: whole ? (shown.pushes ?? []) : [],
  }
}
