//! What is to stay of a former plan: a JSON list of wishes, as `--pin` takes it.

use super::ErrorCode;
use super::errors::{At, Errors, InputError, InputErrors};
use crate::domain::{BadWish, Pin, PinWish, Plan, ServiceCode, WishFault};
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// Far more than pins for every service of the largest plan.
const MOST_BYTES: u64 = 1 << 20;
const LIST: &str =
    "give a JSON list such as [{\"service\": \"S01\", \"times\": true}, {\"service\": \"S02\", \"calls\": [0, 2]}]";

/// Reads what is to stay of a plan.
///
/// # Errors
/// Everything that is wrong with the file, with the place in the list.
pub fn read_pins(path: &Path, plan: &Plan) -> Result<Vec<Pin>, InputErrors> {
    let file = path.display().to_string();
    let mut errors = Errors::default();
    let mut text = Vec::new();
    let read = File::open(path).and_then(|file| file.take(MOST_BYTES + 1).read_to_end(&mut text));
    let mut unreadable = |at: At, what: String| errors.add(ErrorCode::PinsUnreadable, at, what, LIST);
    match read {
        Err(error) => unreadable(At::file(&file), error.to_string()),
        Ok(_) if text.len() as u64 > MOST_BYTES => unreadable(At::file(&file), "it is larger than 1 MB".to_owned()),
        Ok(_) => match serde_json::from_slice::<Vec<PinWish>>(&text) {
            Err(error) => unreadable(At::line(&file, error.line() as u64), error.to_string()),
            Ok(wishes) => match plan.pins(&wishes) {
                Ok(pins) => return Ok(pins),
                Err(faults) => faults.iter().for_each(|fault| note(fault, &file, &mut errors)),
            },
        },
    }
    errors.finish(None)
}

/// The errors of a file whose services an instance does not allow as they are; each with what is wrong with it.
pub fn pins_not_allowed(path: &Path, services: impl IntoIterator<Item = (ServiceCode, String)>) -> InputErrors {
    let error = |(service, what): (ServiceCode, String)| InputError {
        code: ErrorCode::PinNotAllowed,
        file: path.display().to_string(),
        line: None,
        field: Some(service.0),
        what,
        do_this: "leave it out, or give the instance what it needs".to_owned(),
    };
    InputErrors { errors: services.into_iter().map(error).collect(), more: 0 }
}

fn note(WishFault { wish, why }: &WishFault, file: &str, errors: &mut Errors) {
    let code = match why {
        BadWish::UnknownService(_) => ErrorCode::PinOfNoService,
        BadWish::Repeated(_) => ErrorCode::RepeatedPin,
        BadWish::UnknownCall(..) | BadWish::UnknownMeeting(..) => ErrorCode::PinOfNoCall,
        BadWish::TimesAndCalls => ErrorCode::PinOfAllAndSome,
        BadWish::NoTimes(_) => ErrorCode::PinWithoutTimes,
    };
    let field = format!("[{wish}].{}", why.field());
    errors.add(code, At::file(file).field(&field), why.what(), why.do_this());
}
