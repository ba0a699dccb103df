use onward::prelude::*;

#[server]
async fn shop(req: Request, mut res: Response) -> Result {
    route!("/a" => ctx.json(7));
    route!("/b" => request.args.get("page"));
    route!("/c" => { console.log("c"); "c" });
    route!("/d" => { background_tasks.add_task(mail); "d" });
    route!("/e" => JSON.stringify(7));
    app.get("/f", list);
    route!("/g" => response.status(404));
    route!("/h" => session.user_id);
}

fn main() {}
