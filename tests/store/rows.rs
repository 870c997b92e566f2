//! What is put into the store comes out of it, page by page.

use super::engines::{Database, on_both_engines};
use super::sample::{self, audited, toy};
use waterbus::service::access::Role;
use waterbus::service::store::{JobState, NewInstance, NewKey, NewPlan, Page, PlanStatus, StoreError};

on_both_engines!(
    the_same_tables_are_the_same_instance,
    a_plan_is_a_revision_of_its_instance_and_follows_the_one_before,
    the_newest_published_plan_is_current_until_it_is_withdrawn,
    a_key_opens_until_it_is_revoked,
    a_members_key_names_a_known_member,
    servers_share_their_settings,
    jobs_and_their_events_are_listed_page_by_page,
    the_trail_says_who_did_what_newest_first,
);

const ALL: Page = Page { limit: 100, after: None };

async fn the_same_tables_are_the_same_instance(database: Database) {
    let store = database.store().await;
    let id = sample::add_toy(&store).await;
    let new = NewInstance { problem: &toy().problem, tables: &toy().tables, made_by: "another" };
    let (row, is_new) = store.add_instance(new).await.unwrap();
    assert_eq!((row.id.as_str(), is_new, row.hash.as_str()), (id.as_str(), false, toy().problem.hash.as_str()));
    assert_eq!(store.list_instances(&ALL).await.unwrap(), [row]);
    assert_eq!(store.read_problem(&id).await.unwrap().hash, toy().problem.hash);
    assert!(matches!(store.find_instance("none").await, Err(StoreError::NotFound { kind: "instance", .. })));
    assert!(matches!(store.read_problem("none").await, Err(StoreError::NotFound { .. })));
}

async fn a_plan_is_a_revision_of_its_instance_and_follows_the_one_before(database: Database) {
    let store = database.store().await;
    let instance = sample::add_toy(&store).await;
    let first = sample::add_plan(&store, &instance, 1).await;
    let second = sample::add_plan(&store, &instance, 2).await;
    assert_eq!([first.revision, first.seq, second.revision, second.seq], [1, 1, 2, 2]);
    assert_eq!(second.previous_hash, first.record_hash);
    assert_eq!(second.recompute_hash(), second.record_hash);
    assert_eq!(store.find_plan(&second.id).await.unwrap(), second);
    assert_eq!(&store.read_plan(&first.id).await.unwrap(), audited(&toy().good, 1).document());
    let older = Page { limit: 1, after: Some(second.id.clone()) };
    assert_eq!(store.list_plans(&older, Some(&instance), None).await.unwrap(), [first]);
    assert_eq!(store.list_plans(&ALL, None, Some(PlanStatus::Published)).await.unwrap(), []);
    let plan = audited(&toy().good, 3);
    let nowhere = NewPlan { instance_id: "none", plan: &plan, job_id: None, made_by: "planner" };
    assert!(store.add_plan(nowhere).await.is_err());
    assert!(matches!(store.read_plan("none").await, Err(StoreError::NotFound { kind: "plan", .. })));
}

async fn the_newest_published_plan_is_current_until_it_is_withdrawn(database: Database) {
    let store = database.store().await;
    let instance = sample::add_toy(&store).await;
    let (first, second) = (sample::add_plan(&store, &instance, 1).await.id, sample::add_plan(&store, &instance, 2).await.id);
    assert_eq!(store.find_current().await.unwrap(), None);
    assert!(matches!(store.withdraw_plan(&first, "", "planner").await, Err(StoreError::Conflict(_))), "never published");
    for plan in [&first, &second, &second] {
        assert_eq!(store.publish_plan(plan, "for winter", "planner").await.unwrap().status, PlanStatus::Published);
    }
    let current = async || store.find_current().await.unwrap().map(|(plan, _)| plan);
    assert_eq!(current().await.as_ref(), Some(&second));
    assert_eq!(store.withdraw_plan(&second, "low water", "planner").await.unwrap().status, PlanStatus::Withdrawn);
    assert_eq!(current().await.as_ref(), Some(&first));
    assert!(matches!(store.publish_plan(&second, "", "planner").await, Err(StoreError::Conflict(_))), "withdrawn for good");
    let acts: Vec<_> = store.list_publications(&second).await.unwrap().into_iter().map(|row| row.action).collect();
    assert_eq!(acts, [PlanStatus::Published, PlanStatus::Withdrawn], "publishing twice is one act");
}

async fn a_key_opens_until_it_is_revoked(database: Database) {
    let store = database.store().await;
    assert!(!store.has_keys().await.unwrap());
    let new = NewKey { role: Role::AlliancePlanner, member: None, label: "desk", made_by: "console" };
    let (row, secret) = store.create_key(new).await.unwrap();
    let holder = store.find_principal(secret.reveal()).await.unwrap().expect("the key opens");
    assert_eq!((holder.key.as_str(), holder.role), (row.id.as_str(), Role::AlliancePlanner));
    assert_eq!(store.find_principal_by_key(&row.id).await.unwrap(), Some(holder));
    assert_eq!(store.find_principal("wb_wrong").await.unwrap(), None);
    assert!(store.has_keys().await.unwrap());
    let other = database.store().await;
    assert!(other.find_principal(secret.reveal()).await.unwrap().is_some());
    assert!(store.revoke_key(&row.id, "console").await.unwrap().revoked_at.is_some());
    assert_eq!(store.find_principal(secret.reveal()).await.unwrap(), None);
    assert_eq!(store.find_principal_by_key(&row.id).await.unwrap(), None);
    // another server remembers the holder for a moment, and no longer
    while other.find_principal(secret.reveal()).await.unwrap().is_some() {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    assert_eq!(store.list_keys(&ALL).await.unwrap().len(), 1);
    assert!(matches!(store.revoke_key("none", "console").await, Err(StoreError::NotFound { .. })));
}

async fn a_members_key_names_a_known_member(database: Database) {
    let store = database.store().await;
    store.add_member("YH", "Yuehai", "粤海", "console").await.unwrap();
    assert!(matches!(store.add_member("YH", "Yuehai", "粤海", "console").await, Err(StoreError::Conflict(_))));
    let key = |member| NewKey { role: Role::Member, member, label: "", made_by: "console" };
    assert_eq!(store.create_key(key(Some("YH"))).await.unwrap().0.member.as_deref(), Some("YH"));
    assert!(matches!(store.create_key(key(Some("XX"))).await, Err(StoreError::NotFound { .. })));
    assert!(matches!(store.create_key(key(None)).await, Err(StoreError::Conflict(_))));
    assert_eq!(store.list_members(&ALL).await.unwrap()[0].name_zh, "粤海");
}

async fn servers_share_their_settings(database: Database) {
    let (one, other) = (database.store().await, database.store().await);
    assert_eq!(one.shared_setting("cookie", "first").await.unwrap(), "first");
    assert_eq!(other.shared_setting("cookie", "second").await.unwrap(), "first");
    one.check_ready().await.unwrap();
}

async fn jobs_and_their_events_are_listed_page_by_page(database: Database) {
    let store = database.store().await;
    let instance = sample::add_toy(&store).await;
    let first = sample::add_job(&store, &instance, &sample::request(1)).await;
    let second = sample::add_job(&store, &instance, &sample::request(1)).await;
    assert_eq!(store.list_jobs(&ALL, Some(JobState::Queued)).await.unwrap(), [second.clone(), first.clone()]);
    assert_eq!(store.list_jobs(&Page { limit: 1, after: Some(second.id) }, None).await.unwrap(), std::slice::from_ref(&first));
    assert_eq!(store.list_jobs(&ALL, Some(JobState::Done)).await.unwrap(), []);
    let events = store.list_job_events(&first.id, 0, 10).await.unwrap();
    assert_eq!((events.len(), events[0].seq, events[0].body.as_str()), (1, 1, r#"{"state":"queued"}"#));
    assert_eq!(store.list_job_events(&first.id, 1, 10).await.unwrap(), []);
    assert!(matches!(store.find_job("none").await, Err(StoreError::NotFound { kind: "job", .. })));
}

async fn the_trail_says_who_did_what_newest_first(database: Database) {
    let store = database.store().await;
    let instance = sample::add_toy(&store).await;
    let plan = sample::add_plan(&store, &instance, 1).await;
    let trail = store.list_trail(&ALL).await.unwrap();
    let acts: Vec<_> = trail.iter().map(|row| (row.action.as_str(), row.object.as_str(), row.made_by.as_str())).collect();
    assert_eq!(acts, [("plan.added", plan.id.as_str(), "planner"), ("instance.added", instance.as_str(), "planner")]);
    assert_eq!(trail[0].previous_hash, trail[1].record_hash);
    let older = Page { limit: 10, after: Some(trail[0].seq.to_string()) };
    assert_eq!(store.list_trail(&older).await.unwrap(), trail[1..]);
}
