use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/thread/{name}" => {
        let job = move || println!("{name}");
        std::thread::spawn(job);
        "started"
    });
    route!("/task/{name}" => {
        let task = async move { println!("{name}") };
        tokio::spawn(task);
        "started"
    });
}

fn main() {}
