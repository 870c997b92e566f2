//! Answers against the API description: status, media type, and body by its schema.

use super::world::{Answer, World};
use serde_json::{Value, json};

/// The description of the service.
pub struct Description(pub Value);

impl Description {
    pub async fn read(world: &World) -> Self {
        Self(world.get("/openapi.json", "public").await.json())
    }

    /// Method and path of each operation.
    pub fn operations(&self) -> Vec<(String, String)> {
        let paths = self.0["paths"].as_object().unwrap();
        let methods = |(path, methods): (&String, &Value)| -> Vec<(String, String)> {
            methods.as_object().unwrap().keys().map(|method| (method.to_uppercase(), path.clone())).collect()
        };
        paths.iter().flat_map(methods).collect()
    }

    pub fn operation(&self, method: &str, path: &str) -> &Value {
        &self.0["paths"][path][method.to_lowercase()]
    }
}

/// The answer is one that the description promises.
pub fn check_answer(description: &Description, method: &str, path: &str, answer: &Answer) {
    let place = format!("{method} {path}: {} {}", answer.status, answer.text().chars().take(300).collect::<String>());
    let promised = &description.operation(method, path)["responses"][answer.status.as_str()];
    assert!(promised.is_object(), "undescribed status: {place}");
    let media = answer.header("content-type").split(';').next().unwrap().trim();
    if answer.body.is_empty() {
        assert!(promised["content"].is_null(), "a body is promised: {place}");
        return;
    }
    let content = &promised["content"][media];
    assert!(content.is_object(), "undescribed media type {media}: {place}");
    if media.ends_with("json") {
        let schema = json!({ "allOf": [content["schema"]], "components": description.0["components"] });
        let validator = jsonschema::validator_for(&schema).unwrap_or_else(|error| panic!("{error}: {place}"));
        let body = answer.json();
        let errors: Vec<String> =
            validator.iter_errors(&body).map(|error| format!("{error} at {}", error.instance_path())).collect();
        assert!(errors.is_empty(), "{errors:?}: {place}");
    }
}

/// A changed field, status or role is seen in review.
#[tokio::test]
async fn the_description_is_the_reviewed_one() {
    let world = World::new().await;
    let description = Description::read(&world).await;
    insta::assert_snapshot!("openapi", world.get("/openapi.json", "public").await.text());
    let text = description.0.to_string();
    let schemas = description.0["components"]["schemas"].as_object().unwrap();
    assert!(!text.replace("\"default\":null", "").contains("\":null"), "only a default may be nothing");
    for part in text.split("\"#/components/schemas/").skip(1) {
        let name = part.split('"').next().unwrap();
        assert!(schemas.contains_key(name), "{name} is named and not described");
        assert!(schemas[name].get("$ref").is_none(), "{name} describes itself by itself");
    }
}
