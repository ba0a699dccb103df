use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/(page|post)/{id: u32}" => format!("{id}"));
    route!("/images/{name}.(png|jpg|gif)" => name.to_owned());
    route!("/(draft|)" => "a");
    route!("/names/(a)" => "parentheses are text");
}

fn main() {}
