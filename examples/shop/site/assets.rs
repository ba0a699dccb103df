//! The style sheet, the script and the icon of the pages, which are part of the program.

use onward::http::header;
use onward::prelude::*;

pub fn style(res: Response) -> Sent {
    send(
        res,
        "text/css; charset=utf-8",
        include_str!("assets/shop.css"),
    )
}

pub fn script(res: Response) -> Sent {
    send(
        res,
        "text/javascript; charset=utf-8",
        include_str!("assets/live.js"),
    )
}

pub fn icon(res: Response) -> Sent {
    send(res, "image/svg+xml", include_str!("assets/icon.svg"))
}

fn send(mut res: Response, content_type: &'static str, text: &'static str) -> Sent {
    res.set_header(header::CACHE_CONTROL, "no-cache");
    res.set_header(header::CONTENT_TYPE, content_type);
    res.send(text)
}
