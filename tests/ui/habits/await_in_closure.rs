use onward::prelude::*;

async fn price(id: u32) -> u32 {
    id * 100
}

async fn load() -> String {
    String::new()
}

async fn find(id: u32) -> Option<u32> {
    Some(id)
}

#[server]
async fn shop(req: Request, res: Response, ids: Vec<u32>, name: Option<String>) -> Result {
    route!("/prices" => {
        let prices: Vec<u32> = ids.iter().map(|id| price(*id).await).collect();
        Json(prices)
    });
    route!("/range" => Json((1..4).map(|id| price(id).await).collect::<Vec<_>>()));
    route!("/each" => {
        ids.into_iter().for_each(|id| { price(id).await; });
        "done"
    });
    route!("/any" => Json(ids.iter().any(|&id| price(id).await > 7)));
    route!("/option" => find(7).await.map(|id| price(id).await.to_string()));
    route!("/and-then" => find(7).await.and_then(|id| find(id).await).map(|id| id.to_string()));
    route!("/missing" => name.unwrap_or_else(|| load().await));
    route!("/blocking" => tokio::task::spawn_blocking(move || load().await).await?);
    route!("/other" => name.get_or_insert_with(|| load().await).clone());
}

fn main() {
    let _ = shop;
}
