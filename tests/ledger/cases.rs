//! The rules of the ledger, case by case.

use super::engines::{Database, Engine, on_both_engines, run};
use super::world::{Rotation, detail, load, open};
use waterbus::domain::{Kg, Minutes, Teu};
use waterbus::service::ledger::{
    Act, Answer, Booking, Carriage, Change, IfFull, Itinerary, Key, Ledger, LedgerError, LegRow, Load, Order, Refusal, Resource,
    State, StrandReason, Terms,
};

on_both_engines!(
    a_booking_takes_all_its_legs_or_none,
    a_member_uses_its_allotment_and_never_a_rivals,
    unused_allotments_return_before_the_cut_off,
    the_waiting_list_is_served_in_its_order,
    an_offer_runs_out_and_goes_to_the_next,
    an_amendment_that_does_not_fit_changes_nothing,
    the_same_key_gets_the_same_answer,
    nothing_is_booked_after_the_cut_off,
    voyages_end_and_waiting_lists_close,
    overbooking_is_what_the_alliance_sets,
    only_the_published_plan_is_booked_on,
    bookings_follow_over_ways_that_full_ones_hide,
    what_fails_among_orders_that_come_together_fails_alone,
);

const NOW: Minutes = Minutes(0);

/// A ledger on a rotation of three legs with ten slots, four of which are A's.
async fn desk(database: &Database) -> (Ledger, Rotation) {
    let store = open(database).await;
    let capacity = Load { teu: Teu(10), kg: Kg(100_000), plugs: Teu(2), dangerous: Teu(1) };
    let shares = vec![("A".to_owned(), Teu(4))];
    (Ledger::new(store), Rotation { service: "S1".to_owned(), capacity, shares, legs: 3, start: 6_000 })
}

async fn book(ledger: &Ledger, order: Order, now: Minutes) -> Answer {
    ledger.book(order, None, now).await.unwrap()
}

async fn booked(ledger: &Ledger, order: Order) -> Booking {
    match book(ledger, order, NOW).await {
        Answer::Booked(booking) => *booking,
        Answer::Refused(refusal) => panic!("{refusal}"),
    }
}

fn waiting(order: Order) -> Order {
    Order { if_full: IfFull::Wait, ..order }
}

fn full(leg: u16, resource: Resource) -> Answer {
    Answer::Refused(Refusal::Full { service: "S1".to_owned(), sailing: 0, leg, resource })
}

async fn state(ledger: &Ledger, booking: &Booking) -> State {
    ledger.find(&booking.id).await.unwrap().state
}

async fn cancel(ledger: &Ledger, booking: &Booking) -> Booking {
    ledger.change(&booking.id, None, Change::Cancel, "shipper", NOW).await.unwrap()
}

/// One leg without room, and nothing is taken on the others.
async fn a_booking_takes_all_its_legs_or_none(database: Database) {
    let (ledger, rotation) = desk(&database).await;
    let middle = booked(&ledger, rotation.order(0, 1, 2, load(6), None)).await;
    assert_eq!(book(&ledger, rotation.order(0, 0, 3, load(1), None), NOW).await, full(1, Resource::Slots));
    booked(&ledger, rotation.order(0, 0, 1, load(6), None)).await;
    booked(&ledger, rotation.order(0, 2, 3, load(6), None)).await;
    cancel(&ledger, &middle).await;
    assert_eq!(book(&ledger, rotation.order(0, 0, 3, load(1), None), NOW).await, full(0, Resource::Slots));
    assert_eq!(database.store().await.verify().await.unwrap(), []);
}

/// The member's own slots, then open ones; and a refusal names what is missing.
async fn a_member_uses_its_allotment_and_never_a_rivals(database: Database) {
    let (ledger, rotation) = desk(&database).await;
    let own = booked(&ledger, rotation.order(0, 0, 2, load(4), Some("A"))).await;
    assert!(own.legs.iter().all(|(_, account)| account.as_deref() == Some("A")));
    let open = booked(&ledger, rotation.order(0, 0, 1, load(1), Some("A"))).await;
    assert_eq!(open.legs[0].1.as_deref(), Some(""));
    cancel(&ledger, &own).await;
    assert_eq!(book(&ledger, rotation.order(0, 0, 1, load(6), Some("B")), NOW).await, full(0, Resource::Slots));
    booked(&ledger, rotation.order(0, 0, 1, load(5), Some("B"))).await;
    booked(&ledger, rotation.order(0, 0, 1, load(4), Some("A"))).await;
    let order = |load: Load| rotation.order(0, 2, 3, load, None);
    assert_eq!(book(&ledger, order(Load { kg: Kg(100_001), ..load(1) }), NOW).await, full(2, Resource::Tonnes));
    assert_eq!(book(&ledger, order(Load { plugs: Teu(3), ..load(3) }), NOW).await, full(2, Resource::Plugs));
    assert_eq!(book(&ledger, order(Load { dangerous: Teu(2), ..load(2) }), NOW).await, full(2, Resource::DangerousGoods));
}

/// What a member has not used is everybody's from a stated time on, whether somebody has booked on the leg before or not.
async fn unused_allotments_return_before_the_cut_off(database: Database) {
    let (ledger, rotation) = desk(&database).await;
    let returns = Terms::default().returns(rotation.leg(0, 0).berthing);
    let early = returns - Minutes(1);
    booked(&ledger, rotation.order(0, 0, 1, load(1), Some("A"))).await;
    assert_eq!(book(&ledger, rotation.order(0, 0, 1, load(7), None), early).await, full(0, Resource::Slots));
    assert_eq!(ledger.settle_due(early).await.unwrap(), 0);
    assert_eq!(ledger.settle_due(returns).await.unwrap(), 1);
    assert!(matches!(book(&ledger, rotation.order(0, 0, 1, load(9), None), returns).await, Answer::Booked(_)));
    // legs that nobody has touched before
    assert!(matches!(book(&ledger, rotation.order(0, 1, 2, load(10), None), returns + Minutes(600)).await, Answer::Booked(_)));
}

/// First come, first looked at; who does not fit is passed over and keeps its place.
async fn the_waiting_list_is_served_in_its_order(database: Database) {
    let (ledger, rotation) = desk(&database).await;
    let all = booked(&ledger, rotation.order(0, 0, 3, load(6), None)).await;
    let mut line = Vec::new();
    for teu in [6, 2, 3, 1] {
        line.push(booked(&ledger, waiting(rotation.order(0, 0, 1, load(teu), None))).await);
    }
    assert!(line.iter().all(|booking| booking.state == State::Received && booking.legs[0].1.is_none()));
    assert_eq!(ledger.place_in_line(&line[2]).await.unwrap(), Some(2));
    let smaller = Order { load: load(2), if_full: IfFull::Refuse, ..rotation.order(0, 0, 3, load(2), None) };
    ledger.change(&all.id, None, Change::Amend(Box::new(smaller)), "shipper", NOW).await.unwrap();
    // four slots are free: the first wants six and is passed over, the second and the fourth fit
    let mut states = Vec::new();
    for booking in &line {
        states.push(state(&ledger, booking).await);
    }
    assert_eq!(states, [State::Received, State::PendingUpdate, State::Received, State::PendingUpdate]);
    cancel(&ledger, &all).await;
    assert_eq!(state(&ledger, &line[2]).await, State::PendingUpdate, "three of the three that are free");
    assert_eq!(state(&ledger, &line[0]).await, State::Received, "passed over, and still the first");
}

/// The slots are kept for whom they are offered to, until a time and no longer.
async fn an_offer_runs_out_and_goes_to_the_next(database: Database) {
    let (ledger, rotation) = desk(&database).await;
    let holder = booked(&ledger, rotation.order(0, 0, 1, load(6), None)).await;
    let first = booked(&ledger, waiting(rotation.order(0, 0, 1, load(6), None))).await;
    let second = booked(&ledger, waiting(rotation.order(0, 0, 1, load(6), None))).await;
    cancel(&ledger, &holder).await;
    let offered = ledger.find(&first.id).await.unwrap();
    let until = offered.offer_until_min.unwrap();
    assert_eq!(until, Terms::default().offer_until(NOW, offered.closes_min));
    assert_eq!(book(&ledger, rotation.order(0, 0, 1, load(1), None), NOW).await, full(0, Resource::Slots));
    let late = ledger.change(&first.id, None, Change::Accept, "shipper", until + Minutes(1)).await;
    assert!(matches!(late, Err(LedgerError::Refused(Refusal::OfferOver))), "{late:?}");
    assert_eq!(ledger.settle_due(until).await.unwrap(), 0);
    assert_eq!(ledger.settle_due(until + Minutes(1)).await.unwrap(), 1);
    assert_eq!((state(&ledger, &first).await, state(&ledger, &second).await), (State::Rejected, State::PendingUpdate));
    let taken = ledger.change(&second.id, Some(2), Change::Accept, "shipper", until + Minutes(2)).await.unwrap();
    assert_eq!((taken.state, taken.version), (State::Confirmed, 3));
    let again = ledger.change(&second.id, Some(2), Change::Cancel, "shipper", until).await;
    assert!(matches!(again, Err(LedgerError::Refused(Refusal::Version { version: 3 }))), "{again:?}");
}

async fn an_amendment_that_does_not_fit_changes_nothing(database: Database) {
    let (ledger, rotation) = desk(&database).await;
    let booking = booked(&ledger, rotation.order(0, 0, 2, load(3), None)).await;
    booked(&ledger, rotation.order(0, 1, 2, load(3), None)).await;
    let amend = |teu| Change::Amend(Box::new(rotation.order(0, 0, 2, load(teu), None)));
    let refused = ledger.change(&booking.id, None, amend(4), "shipper", NOW).await;
    assert!(matches!(refused, Err(LedgerError::Refused(Refusal::Full { leg: 1, .. }))), "{refused:?}");
    assert_eq!(ledger.find(&booking.id).await.unwrap(), booking);
    let other = Change::Amend(Box::new(rotation.order(0, 0, 1, load(6), None)));
    let amended = ledger.change(&booking.id, Some(1), other, "shipper", NOW).await.unwrap();
    assert_eq!((amended.state, amended.version, amended.load.teu, amended.legs.len()), (State::Confirmed, 2, Teu(6), 1));
    booked(&ledger, rotation.order(0, 1, 2, load(3), None)).await;
    assert_eq!(database.store().await.verify().await.unwrap(), []);
}

/// Sent again it is the same booking, and a refusal stays a refusal; the key belongs to its caller and its request.
async fn the_same_key_gets_the_same_answer(database: Database) {
    let (ledger, rotation) = desk(&database).await;
    let ask = async |text: &str, body: &str, teu: i64| {
        ledger.book(rotation.order(0, 0, 1, load(teu), None), Some(Key::new("caller", text, body)), NOW).await
    };
    let first = ask("k1", "six", 6).await.unwrap();
    assert_eq!(ask("k1", "six", 6).await.unwrap(), first);
    let refused = ask("k2", "one", 1).await.unwrap();
    assert_eq!(refused, full(0, Resource::Slots));
    let Answer::Booked(booking) = &first else { panic!("{first:?}") };
    cancel(&ledger, booking).await;
    assert_eq!(ask("k2", "one", 1).await.unwrap(), refused, "it was refused, whatever has come free since");
    assert_eq!(ask("k1", "six", 6).await.unwrap(), first, "it was confirmed, whatever became of it since");
    assert!(matches!(ask("k1", "two", 2).await, Err(LedgerError::KeyReused)));
    let other = ledger.book(rotation.order(0, 0, 1, load(1), None), Some(Key::new("other", "k1", "one")), NOW).await.unwrap();
    assert_ne!(other, first);
    // the same key at the same moment: one booking, and nobody is told anything else
    let both = tokio::join!(ask("k3", "two", 2), ask("k3", "two", 2));
    match both {
        (Ok(one), Ok(two)) => assert_eq!(one, two),
        (Ok(_), Err(error)) | (Err(error), Ok(_)) => assert!(matches!(error, LedgerError::InFlight), "{error}"),
        other => panic!("{other:?}"),
    }
}

async fn nothing_is_booked_after_the_cut_off(database: Database) {
    let (ledger, rotation) = desk(&database).await;
    let order = rotation.order(0, 0, 1, load(1), None);
    let last = order.closes - Minutes(1);
    let booking = booked(&ledger, order.clone()).await;
    assert!(matches!(book(&ledger, order.clone(), last).await, Answer::Booked(_)));
    assert_eq!(book(&ledger, order.clone(), order.closes).await, Answer::Refused(Refusal::Closed));
    let late = ledger.change(&booking.id, None, Change::Amend(Box::new(order.clone())), "shipper", order.closes).await;
    assert!(matches!(late, Err(LedgerError::Refused(Refusal::Closed))), "{late:?}");
    let loaded = ledger.change(&booking.id, None, Change::Cancel, "shipper", order.loads).await;
    assert!(matches!(loaded, Err(LedgerError::Refused(Refusal::Closed))), "{loaded:?}");
    assert_eq!(ledger.change(&booking.id, None, Change::Cancel, "shipper", last).await.unwrap().state, State::Cancelled);
    let twice = ledger.change(&booking.id, None, Change::Cancel, "shipper", last).await;
    let not_now = Refusal::NotNow { state: State::Cancelled, act: Act::Cancel };
    assert!(matches!(twice, Err(LedgerError::Refused(refusal)) if refusal == not_now));
}

async fn voyages_end_and_waiting_lists_close(database: Database) {
    let (ledger, rotation) = desk(&database).await;
    let order = rotation.order(0, 0, 1, load(6), None);
    let carried = booked(&ledger, order.clone()).await;
    let waits = booked(&ledger, waiting(Order { load: load(11), ..order.clone() })).await;
    ledger.settle_due(order.closes).await.unwrap();
    assert_eq!((state(&ledger, &carried).await, state(&ledger, &waits).await), (State::Confirmed, State::Rejected));
    ledger.settle_due(order.ends).await.unwrap();
    assert_eq!(state(&ledger, &carried).await, State::Completed);
    let acts: Vec<String> = ledger.events(&carried.id).await.unwrap().into_iter().map(|event| event.act).collect();
    assert_eq!(acts, ["book", "complete"]);
    assert_eq!(database.store().await.verify().await.unwrap(), []);
}

/// Nothing beyond the capacity until the alliance says how much; then that and no more, and whoever waits is served at once.
async fn overbooking_is_what_the_alliance_sets(database: Database) {
    let (ledger, rotation) = desk(&database).await;
    booked(&ledger, rotation.order(0, 0, 1, load(6), None)).await;
    let waits = booked(&ledger, waiting(rotation.order(0, 0, 1, load(2), None))).await;
    assert_eq!(ledger.terms().await.unwrap().overbooking_percent, 0);
    let terms = |overbooking_percent| Terms { overbooking_percent, ..Terms::default() };
    ledger.set_terms(terms(10), NOW).await.unwrap();
    assert_eq!(state(&ledger, &waits).await, State::Received);
    ledger.set_terms(terms(20), NOW).await.unwrap();
    assert_eq!(state(&ledger, &waits).await, State::PendingUpdate);
    ledger.set_terms(terms(0), NOW).await.unwrap();
    let row = &ledger.legs(super::world::PLAN, 0).await.unwrap()[0];
    assert_eq!((row.used_teu, row.held_teu, row.limit_teu), (Teu(8), Teu(4), Teu(12)), "never below what is booked");
    assert_eq!(book(&ledger, rotation.order(0, 0, 1, load(1), None), NOW).await, full(0, Resource::Slots));
    // and it sinks with what is given back: the slots beyond the capacity are not sold again
    ledger.change(&waits.id, None, Change::DeclineOffer, "shipper", NOW).await.unwrap();
    assert_eq!(ledger.legs(super::world::PLAN, 0).await.unwrap()[0].limit_teu, Teu(10));
    assert_eq!(book(&ledger, rotation.order(0, 0, 1, load(1), None), NOW).await, full(0, Resource::Slots));
}

async fn only_the_published_plan_is_booked_on(database: Database) {
    let (ledger, rotation) = desk(&database).await;
    let order = Order { plan_id: "another".to_owned(), detail: detail(), ..rotation.order(0, 0, 1, load(1), None) };
    let refused = ledger.book(order.clone(), Some(Key::new("caller", "k", "b")), NOW).await;
    assert!(matches!(refused, Err(LedgerError::Refused(Refusal::PlanChanged))), "{refused:?}");
    let raw = database.raw().await;
    sqlx::query("UPDATE ledger_state SET carrying = 1").execute(&raw).await.unwrap();
    let refused = ledger.book(rotation.order(0, 0, 1, load(1), None), None, NOW).await;
    assert!(matches!(refused, Err(LedgerError::Refused(Refusal::Carrying))), "{refused:?}");
}

/// Two fit on the way that everybody finds first. The next is looked up again with the legs as they are then, and moves to the way behind
/// it; and who fits nowhere is told so, with the other way that this second look has found.
async fn bookings_follow_over_ways_that_full_ones_hide(database: Database) {
    let (ledger, first) = desk(&database).await;
    let behind = Rotation { service: "S2".to_owned(), ..first.clone() };
    let mut bookings = Vec::new();
    for (service, teu) in [("S1", 3), ("S1", 3), ("S2", 5), ("S3", 4)] {
        let rotation = Rotation { service: service.to_owned(), ..first.clone() };
        bookings.push(booked(&ledger, rotation.order(0, 0, 2, load(teu), None)).await);
    }
    let raw = database.raw().await;
    sqlx::query("UPDATE ledger_state SET plan_id = 'next', carrying = 1").execute(&raw).await.unwrap();
    let next = |rotation: &Rotation, booking: &Booking| {
        let mut order = Order { plan_id: "next".to_owned(), ..rotation.order(0, 0, 2, booking.load, None) };
        order.legs.iter_mut().for_each(|leg| leg.plan_id = "next".to_owned());
        (order, false)
    };
    let look_up = |booking: &Booking, booked: Option<&[LegRow]>| {
        assert!(booked.is_none_or(|rows| rows.iter().any(|row| row.service == "S1" && row.used_teu == Teu(6))), "{booked:?}");
        let (mut ways, mut alternative) = (vec![next(&first, booking)], None);
        if booked.is_some() {
            ways.push(next(&behind, booking));
            alternative = Some(Itinerary { routing_reference: "another".to_owned(), ..Itinerary::default() });
        }
        let (plan_id, reason) = ("next".to_owned(), StrandReason::OtherTimes);
        Carriage { version: booking.version, plan_id, ways, reason, alternative, knows_room: booked.is_some() }
    };
    assert_eq!(ledger.carry_over(Some("next"), NOW, look_up).await.unwrap(), 4);
    for (booking, service) in bookings.iter().zip(["S1", "S1", "S2"]) {
        let moved = ledger.find(&booking.id).await.unwrap();
        assert_eq!((moved.state, moved.legs.len()), (State::Confirmed, 2), "{moved:?}");
        assert!(moved.legs.iter().all(|(place, _)| place.starts_with(&format!("next:{service}:"))), "{moved:?}");
    }
    let stranded = ledger.find(&bookings[3].id).await.unwrap();
    assert_eq!((stranded.state, stranded.reason.as_deref()), (State::PendingAmendment, Some("full")));
    assert_eq!(stranded.detail.alternative.unwrap().routing_reference, "another");
    assert_eq!(database.store().await.verify().await.unwrap(), []);
}

/// Orders that come at once are written together; one that cannot be written leaves no trace, and the others stand.
async fn what_fails_among_orders_that_come_together_fails_alone(database: Database) {
    let (ledger, rotation) = desk(&database).await;
    // no booking is of no boxes: the tables refuse it
    let orders = [1, 2, 0, 3].map(|teu| rotation.order(0, 0, 3, load(teu), None));
    let answers = orders.into_iter().map(|order| ledger.book(order, None, NOW));
    let answers = futures_util::future::join_all(answers).await;
    let booked = answers.iter().map(|answer| matches!(answer, Ok(Answer::Booked(_))));
    assert_eq!(booked.collect::<Vec<_>>(), [true, true, false, true], "{answers:?}");
    assert_eq!(ledger.legs("plan", 0).await.unwrap().iter().map(|leg| leg.used_teu).collect::<Vec<_>>(), [Teu(6); 3]);
    assert_eq!(database.store().await.verify().await.unwrap(), []);
}

/// Orders that come at once get what they would have got one after another: slots that the first takes are not there for the second, a
/// key that was used for something else is refused to whoever uses it, and an answer is given again.
#[test]
fn orders_that_come_together_are_decided_in_their_turn() {
    run(Engine::Sqlite, async |database: Database| {
        let (ledger, rotation) = desk(&database).await;
        let order = |from: u16, to: u16, teu: i64, member: Option<&str>| rotation.order(0, from, to, load(teu), member);
        let key = |asked: &str| Some(Key::new("shipper", "key", asked));
        let before = ledger.book(order(2, 3, 1, None), key("first"), NOW).await.unwrap();
        let together = [
            (order(0, 2, 6, None), None),
            (order(1, 3, 1, None), None),
            (order(2, 3, 1, None), key("other")),
            (waiting(order(0, 1, 1, None)), None),
            (order(1, 3, 4, Some("A")), None),
            (order(1, 2, 1, Some("A")), None),
            (Order { closes: NOW, ..order(2, 3, 1, None) }, None),
            (Order { plan_id: "before".to_owned(), ..order(2, 3, 1, None) }, None),
            (order(2, 3, 5, None), None),
        ];
        let answers = together.into_iter().map(|(order, key)| ledger.book(order, key, NOW));
        let answers = futures_util::future::join_all(answers).await;
        let told = |answer: &Result<Answer, LedgerError>| match answer {
            Ok(Answer::Booked(booking)) => booking.state.name().to_owned(),
            Ok(Answer::Refused(refusal)) => refusal.to_string(),
            Err(error) => error.to_string(),
        };
        let full = "there is no room: leg 1 of service S1, sailing 0 lacks slots";
        assert_eq!(
            answers.iter().map(told).collect::<Vec<_>>(),
            [
                "CONFIRMED",
                full,
                "the idempotency key was used for another request",
                "RECEIVED",
                "CONFIRMED",
                full,
                "the cut-off has passed",
                "another timetable has been published: look for ways again",
                "CONFIRMED",
            ]
        );
        assert_eq!(ledger.book(order(2, 3, 1, None), key("first"), NOW).await.unwrap(), before);
        let used = ledger.legs("plan", 0).await.unwrap().into_iter().map(|leg| (leg.used_teu.0, leg.held_teu.0));
        assert_eq!(used.collect::<Vec<_>>(), [(6, 4), (10, 0), (10, 0)]);
        assert_eq!(database.store().await.verify().await.unwrap(), []);
    });
}
