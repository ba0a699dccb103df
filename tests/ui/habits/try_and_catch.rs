use onward::prelude::*;

async fn find(id: u32) -> std::io::Result<String> {
    Ok(id.to_string())
}

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/catch" => {
        try {
            let user = find(7).await?;
            user
        } catch (e) {
            e.to_string()
        }
    });
    route!("/finally" => {
        try { find(7).await? } finally { println!("found"); }
    });
    route!("/unreadable" => {
        try { await find(7) } catch { "none" }
    });
    route!("/defer" => {
        defer close();
        "closed"
    });
}

fn main() {
    let _ = shop;
}
