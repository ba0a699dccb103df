//! Written by `source.rs`: see `main.rs`.

use onward::prelude::*;
use std::fmt::Debug;
use std::str::FromStr;

/// Text with an odd number of bytes.
#[derive(Debug)]
struct Odd(#[expect(dead_code, reason = "it is read by Debug")] String);

impl FromStr for Odd {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        (text.len() % 2 == 1).then(|| Self(text.to_owned())).ok_or(())
    }
}

fn yes(req: &Request) -> bool {
    req.headers.contains_key("yes")
}

fn matched(row: usize, params: &[&dyn Debug]) -> String {
    format!("{row} {params:?}")
}

#[server(trailing_slash = strict)]
async fn table_0(req: Request, res: Response) -> Result {
    route!(unmatched);
    route!(ANY "/{p1: Odd}5/b/a{p15}a{p21: Odd}a" => matched(0, &[&p1, &p15, &p21]));
    route!(GET | POST "/25/a.b/a/{rest..}" if yes(&req) => matched(1, &[&rest]));
    route!(GET | POST "/{p1: String}/{rest..}" => matched(2, &[&p1, &rest]));
    #[cfg(any())]
    route!(ANY "/{p1}25{p7: u8}" if yes(&req) => matched(3, &[&p1, &p7]));
    #[cfg(any())]
    route!(OPTIONS "/5/{p3: Odd}b/{p14: String}aa{p29: u8}" if yes(&req) => matched(4, &[&p3, &p14, &p29]));
    route!(GET | POST "/a" => matched(5, &[]));
    route!("/a{p2: Odd}a{p12: Odd}a" => matched(6, &[&p2, &p12]));
    route!(HEAD "/a.b" if !yes(&req) => matched(7, &[]));
    route!(OPTIONS "/a{p2: Odd}/{rest..}" => matched(8, &[&p2, &rest]));
    route!(PUT | HEAD "/" => matched(9, &[]));
    route!(ANY "/{p1}%/{p7: String}-{p20: Odd}/{p31: u8}" => matched(10, &[&p1, &p7, &p20, &p31]));
    route!(DELETE "/a{p2: Odd}b/é/ab/{rest..}" if !yes(&req) => matched(11, &[&p2, &rest]));
}

#[server(trailing_slash = strict)]
async fn table_1(req: Request, res: Response) -> Result {
    route!(DELETE "/{p1}b/{p7}5/a%" if !yes(&req) => matched(0, &[&p1, &p7]));
    route!(OPTIONS "/{p1}-{p6: String}/{p19}-{p25: Odd}.b" => matched(1, &[&p1, &p6, &p19, &p25]));
    route!(ANY "/" if !yes(&req) => matched(2, &[]));
    route!(HEAD "/" if yes(&req) => matched(3, &[]));
    #[cfg(any())]
    route!(GET "/a/{p3}" if yes(&req) => matched(4, &[&p3]));
    route!("/" => matched(5, &[]));
    route!(GET | POST "/é{p3: u8}è/ba" if !yes(&req) => matched(6, &[&p3]));
    route!(GET | POST "/{p1}/{rest..}" if yes(&req) => matched(7, &[&p1, &rest]));
    route!("/{p1}b/7/{rest..}" => matched(8, &[&p1, &rest]));
    route!(OPTIONS "/" => matched(9, &[]));
    #[cfg(any())]
    route!(ANY "/{p1: u8}F/{p11}" => matched(10, &[&p1, &p11]));
    route!("/a{p2: Odd}b/{p13: String}-{p27: Odd}.b/{p40}-{p46: u8}.b" => matched(11, &[&p2, &p13, &p27, &p40, &p46]));
}

#[server(trailing_slash = ignore)]
async fn table_2(req: Request, res: Response) -> Result {
    route!(unmatched);
    route!(DELETE "/a%" => matched(0, &[]));
    route!(OPTIONS "/é{p3}è/{p10}25{p17}/ba/{rest..}" => matched(1, &[&p3, &p10, &p17, &rest]));
    route!(OPTIONS "/25/{rest..}" => matched(2, &[&rest]));
    route!("/a/{p3}F/{rest..}" => matched(3, &[&p3, &rest]));
    #[cfg(test)]
    route!(POST "/{p1}" => matched(4, &[&p1]));
    route!(OPTIONS "/" if yes(&req) => matched(5, &[]));
    route!("/b/{p3}" if yes(&req) => matched(6, &[&p3]));
    route!(GET | POST "/" => matched(7, &[]));
    route!(PUT | HEAD "/" if yes(&req) => matched(8, &[]));
    route!(PUT | HEAD "/" => matched(9, &[]));
    route!(PUT | HEAD "/{p1}" => matched(10, &[&p1]));
    route!(GET | POST "/{rest..}" if yes(&req) => matched(11, &[&rest]));
}

#[server(trailing_slash = redirect)]
async fn table_3(req: Request, res: Response) -> Result {
    route!("/{p1: u8}aa{p11}/%" => matched(0, &[&p1, &p11]));
    route!(POST "/{rest..}" if !yes(&req) => matched(1, &[&rest]));
    route!(DELETE "/{rest..}" => matched(2, &[&rest]));
    route!(GET | POST "/{p1: String}b/a{p16: u8}" => matched(3, &[&p1, &p16]));
    route!(ANY "/" if !yes(&req) => matched(4, &[]));
    route!("/" => matched(5, &[]));
    route!(HEAD "/{rest..}" => matched(6, &[&rest]));
    route!("/{p1}/a.b" => matched(7, &[&p1]));
    route!(ANY "/{p1: u8}25{p11}" if yes(&req) => matched(8, &[&p1, &p11]));
    route!(ANY "/{p1}/{p6}aa{p12: Odd}/{p23}%" if !yes(&req) => matched(9, &[&p1, &p6, &p12, &p23]));
    route!(PUT | HEAD "/25" => matched(10, &[]));
    route!(ANY "/{p1}25{p7}" => matched(11, &[&p1, &p7]));
}

#[server(trailing_slash = strict)]
async fn table_4(req: Request, res: Response) -> Result {
    route!(HEAD "/a%/a-b/a-b" => matched(0, &[]));
    route!(GET | POST "/{p1: u8}/è/{p13}" => matched(1, &[&p1, &p13]));
    route!("/è" => matched(2, &[]));
    route!(GET | POST "/é/{rest..}" => matched(3, &[&rest]));
    route!("/25/{p4}5/{p10: u8}-{p20}" if !yes(&req) => matched(4, &[&p4, &p10, &p20]));
    route!(POST "/" if !yes(&req) => matched(5, &[]));
    #[cfg(test)]
    route!("/a{p2}/%/b" if !yes(&req) => matched(6, &[&p2]));
    route!(PUT | HEAD "/" => matched(7, &[]));
    route!(DELETE "/{p1: Odd}25{p12}/é" if yes(&req) => matched(8, &[&p1, &p12]));
    route!("/" => matched(9, &[]));
    route!(PUT | HEAD "/{p1}2F/{p8}2F/{p15}%/{rest..}" => matched(10, &[&p1, &p8, &p15, &rest]));
    route!(POST "/{p1: String}F/7/{rest..}" => matched(11, &[&p1, &rest]));
    route!(_ => "fallback");
}

#[server(trailing_slash = strict)]
async fn table_5(req: Request, res: Response) -> Result {
    route!(DELETE "/é{p3: String}è/a{p19}b" => matched(0, &[&p3, &p19]));
    route!(ANY "/{p1}/{p6}%/7" => matched(1, &[&p1, &p6]));
    route!(DELETE "/25/{p4: Odd}F/a-b" if !yes(&req) => matched(2, &[&p4]));
    route!(GET "/a b/{p5: u8}/5" if yes(&req) => matched(3, &[&p5]));
    route!(GET | POST "/a.b/ab/{p8: Odd}5" => matched(4, &[&p8]));
    route!("/ab" if !yes(&req) => matched(5, &[]));
    route!(POST "/{p1}/é" => matched(6, &[&p1]));
    route!(DELETE "/%" if !yes(&req) => matched(7, &[]));
    route!(ANY "/a{p2: Odd}a{p12: String}a/a" if yes(&req) => matched(8, &[&p2, &p12]));
    route!("/" if !yes(&req) => matched(9, &[]));
    route!(HEAD "/" => matched(10, &[]));
    route!(OPTIONS "/{p1: Odd}%/{p12}b" if !yes(&req) => matched(11, &[&p1, &p12]));
}

#[server(trailing_slash = strict)]
async fn table_6(req: Request, res: Response) -> Result {
    route!(unmatched);
    #[cfg(any())]
    route!("/{rest..}" if !yes(&req) => matched(0, &[&rest]));
    route!("/{p1}%" => matched(1, &[&p1]));
    route!("/5/{p3: u8}aa{p13: String}" if yes(&req) => matched(2, &[&p3, &p13]));
    route!(POST "/a{p2}b/a{p9: u8}b/{p19}" if yes(&req) => matched(3, &[&p2, &p9, &p19]));
    route!(HEAD "/{p1: String}/a" => matched(4, &[&p1]));
    #[cfg(any())]
    route!(ANY "/é{p3: u8}è/a{p15: String}b/{p30: String}/{rest..}" => matched(5, &[&p3, &p15, &p30, &rest]));
    route!("/b/25/{p6}" if yes(&req) => matched(6, &[&p6]));
    #[cfg(test)]
    route!(GET | POST "/ba/{rest..}" => matched(7, &[&rest]));
    route!(GET "/é/{p4: Odd}%/{rest..}" if !yes(&req) => matched(8, &[&p4, &rest]));
    route!(HEAD "/a b/a{p6}" if yes(&req) => matched(9, &[&p6]));
    route!(GET | POST "/5" if yes(&req) => matched(10, &[]));
    route!("/" => matched(11, &[]));
}

#[server(trailing_slash = ignore)]
async fn table_7(req: Request, res: Response) -> Result {
    route!(GET | POST "/a/%" if yes(&req) => matched(0, &[]));
    route!(POST "/a{p2: Odd}b" if !yes(&req) => matched(1, &[&p2]));
    route!(OPTIONS "/" => matched(2, &[]));
    route!(PUT | HEAD "/a" => matched(3, &[]));
    #[cfg(any())]
    route!(ANY "/a{p2: u8}b" => matched(4, &[&p2]));
    route!(GET | POST "/" if yes(&req) => matched(5, &[]));
    route!("/è" => matched(6, &[]));
    route!("/" => matched(7, &[]));
    route!("/{p1: String}5/{p15: u8}25{p26}/a.b" => matched(8, &[&p1, &p15, &p26]));
    route!(GET | POST "/aa/a{p5}/7" => matched(9, &[&p5]));
    route!(ANY "/5" if yes(&req) => matched(10, &[]));
    route!(HEAD "/ab" => matched(11, &[]));
    route!(_ => "fallback");
}

#[server(trailing_slash = strict)]
async fn table_8(req: Request, res: Response) -> Result {
    route!(GET | POST "/{p1}/a.b/b" => matched(0, &[&p1]));
    route!(GET "/{p1: Odd}%" if yes(&req) => matched(1, &[&p1]));
    route!(GET "/a-b/{rest..}" if yes(&req) => matched(2, &[&rest]));
    route!(OPTIONS "/5/a{p4: String}b/{rest..}" => matched(3, &[&p4, &rest]));
    route!(ANY "/a/{rest..}" => matched(4, &[&rest]));
    route!(ANY "/" => matched(5, &[]));
    route!("/{rest..}" => matched(6, &[&rest]));
    route!(OPTIONS "/b/{p3: Odd}/a/{rest..}" => matched(7, &[&p3, &rest]));
    route!(OPTIONS "/{p1: String}" => matched(8, &[&p1]));
    route!(OPTIONS "/{p1: String}/è" => matched(9, &[&p1]));
    route!(POST "/{p1}-{p6}.b/{p13}2F/{p21: Odd}" => matched(10, &[&p1, &p6, &p13, &p21]));
    route!(DELETE "/{p1: u8}F/{p11: String}aa{p26: u8}" => matched(11, &[&p1, &p11, &p26]));
    route!(_ => "fallback");
}

#[server(trailing_slash = ignore)]
async fn table_9(req: Request, res: Response) -> Result {
    route!(HEAD "/é" => matched(0, &[]));
    route!(GET | POST "/{p1: String}aa{p15: u8}/25/{p28: String}-{p42}.b/{rest..}" if !yes(&req) => matched(1, &[&p1, &p15, &p28, &p42, &rest]));
    route!("/{p1}/a/b" => matched(2, &[&p1]));
    route!(GET | POST "/25/a b" => matched(3, &[]));
    route!(PUT | HEAD "/{p1}%/è" if !yes(&req) => matched(4, &[&p1]));
    route!(OPTIONS "/" if !yes(&req) => matched(5, &[]));
    #[cfg(test)]
    route!("/" => matched(6, &[]));
    route!(POST "/{rest..}" => matched(7, &[&rest]));
    #[cfg(any())]
    route!(ANY "/é/a" if yes(&req) => matched(8, &[]));
    route!(GET "/aa" => matched(9, &[]));
    route!("/{p1: u8}-{p10}" => matched(10, &[&p1, &p10]));
    route!(OPTIONS "/{p1: String}-{p14: u8}.b/{p26}-{p32: u8}.b/{rest..}" => matched(11, &[&p1, &p14, &p26, &p32, &rest]));
}

#[server(trailing_slash = strict)]
async fn table_10(req: Request, res: Response) -> Result {
    route!(unmatched);
    route!(HEAD "/{p1: String}" => matched(0, &[&p1]));
    route!(DELETE "/é{p3: u8}è" if yes(&req) => matched(1, &[&p3]));
    route!("/{rest..}" if yes(&req) => matched(2, &[&rest]));
    route!(GET "/" => matched(3, &[]));
    route!("/a%" => matched(4, &[]));
    route!(HEAD "/{p1: u8}2F/aa/b" => matched(5, &[&p1]));
    route!("/{p1}-{p6: String}.b/{p21: Odd}2F/{p34}-{p40: Odd}" => matched(6, &[&p1, &p6, &p21, &p34, &p40]));
    #[cfg(test)]
    route!(OPTIONS "/" => matched(7, &[]));
    route!("/aa" => matched(8, &[]));
    route!(POST "/{p1}/{p6: u8}/b" => matched(9, &[&p1, &p6]));
    route!("/2F/{p4}%/{p10}%" => matched(10, &[&p4, &p10]));
    route!(OPTIONS "/%" => matched(11, &[]));
}

#[server(trailing_slash = ignore)]
async fn table_11(req: Request, res: Response) -> Result {
    #[cfg(test)]
    route!(ANY "/" if yes(&req) => matched(0, &[]));
    route!("/é/2F/{p7: String}.b" => matched(1, &[&p7]));
    route!(GET "/" if !yes(&req) => matched(2, &[]));
    route!(POST "/ba" if yes(&req) => matched(3, &[]));
    route!(POST "/{p1: Odd}/ba/ba/{rest..}" => matched(4, &[&p1, &rest]));
    #[cfg(any())]
    route!("/a{p2: u8}/b/è/{rest..}" if yes(&req) => matched(5, &[&p2, &rest]));
    route!(HEAD "/é{p3}è/{rest..}" => matched(6, &[&p3, &rest]));
    route!(DELETE "/b/{p3: String}25{p17}/{p23}%" if yes(&req) => matched(7, &[&p3, &p17, &p23]));
    route!(ANY "/aa/{p4}" => matched(8, &[&p4]));
    route!(POST "/{rest..}" => matched(9, &[&rest]));
    route!("/a{p2: String}b/{p16: String}.b/{p32: u8}" => matched(10, &[&p2, &p16, &p32]));
    route!(DELETE "/" if !yes(&req) => matched(11, &[]));
}

#[server(trailing_slash = redirect)]
async fn table_12(req: Request, res: Response) -> Result {
    route!(unmatched);
    route!(POST "/{rest..}" => matched(0, &[&rest]));
    #[cfg(test)]
    route!("/{p1}F/a-b" => matched(1, &[&p1]));
    #[cfg(test)]
    route!(PUT | HEAD "/{p1}.b/{p8: Odd}-{p18}.b/{p26: String}" => matched(2, &[&p1, &p8, &p18, &p26]));
    #[cfg(any())]
    route!("/{p1: u8}/a{p11: u8}" if yes(&req) => matched(3, &[&p1, &p11]));
    route!("/{p1: u8}-{p10}/%" if yes(&req) => matched(4, &[&p1, &p10]));
    route!(PUT | HEAD "/ab" => matched(5, &[]));
    route!(PUT | HEAD "/" => matched(6, &[]));
    route!(GET | POST "/2F" => matched(7, &[]));
    route!("/{rest..}" => matched(8, &[&rest]));
    route!(OPTIONS "/{p1: Odd}F" => matched(9, &[&p1]));
    route!(OPTIONS "/{p1: u8}-{p10: u8}/{rest..}" if yes(&req) => matched(10, &[&p1, &p10, &rest]));
    #[cfg(test)]
    route!(DELETE "/7/{rest..}" => matched(11, &[&rest]));
}

#[server(trailing_slash = redirect)]
async fn table_13(req: Request, res: Response) -> Result {
    route!(PUT | HEAD "/{p1: String}2F/a{p17: u8}/7/{rest..}" if !yes(&req) => matched(0, &[&p1, &p17, &rest]));
    route!(POST "/{p1}.b/ab" => matched(1, &[&p1]));
    route!("/a" if yes(&req) => matched(2, &[]));
    route!("/a{p2: u8}" => matched(3, &[&p2]));
    route!(GET "/a{p2}b" if yes(&req) => matched(4, &[&p2]));
    route!(GET "/2F/a%" => matched(5, &[]));
    route!(POST "/{p1}/è" if yes(&req) => matched(6, &[&p1]));
    route!(HEAD "/2F/a.b" if !yes(&req) => matched(7, &[]));
    route!("/é/%" => matched(8, &[]));
    route!(HEAD "/{p1}/a%/{rest..}" => matched(9, &[&p1, &rest]));
    #[cfg(any())]
    route!(HEAD "/{rest..}" if yes(&req) => matched(10, &[&rest]));
    route!("/2F/{p4}2F" => matched(11, &[&p4]));
}

#[server(trailing_slash = strict)]
async fn table_14(req: Request, res: Response) -> Result {
    route!(unmatched);
    route!(PUT | HEAD "/a{p2: String}/{p15: u8}F/{rest..}" => matched(0, &[&p2, &p15, &rest]));
    route!(DELETE "/" => matched(1, &[]));
    route!("/é{p3: u8}è/a.b/a%/{rest..}" if yes(&req) => matched(2, &[&p3, &rest]));
    route!(OPTIONS "/2F/2F/25" => matched(3, &[]));
    route!(ANY "/{p1}5" if yes(&req) => matched(4, &[&p1]));
    route!("/{p1: u8}/{rest..}" => matched(5, &[&p1, &rest]));
    route!(GET | POST "/è/{rest..}" => matched(6, &[&rest]));
    route!(GET | POST "/" if !yes(&req) => matched(7, &[]));
    route!(HEAD "/{p1}aa{p7}/{p12}/{p18: String}%" => matched(8, &[&p1, &p7, &p12, &p18]));
    #[cfg(any())]
    route!("/a" if !yes(&req) => matched(9, &[]));
    route!(GET "/" => matched(10, &[]));
    route!(OPTIONS "/" if !yes(&req) => matched(11, &[]));
}

#[server(trailing_slash = strict)]
async fn table_15(req: Request, res: Response) -> Result {
    route!(PUT | HEAD "/aa/%/a/{rest..}" => matched(0, &[&rest]));
    route!(GET | POST "/a%/a/{rest..}" if !yes(&req) => matched(1, &[&rest]));
    route!(PUT | HEAD "/{p1}b/a" => matched(2, &[&p1]));
    route!("/a/{p3}5/a{p10: u8}a{p20: u8}a/{rest..}" => matched(3, &[&p3, &p10, &p20, &rest]));
    route!(POST "/b/{p3: Odd}-{p13: u8}.b/{p25: Odd}" => matched(4, &[&p3, &p13, &p25]));
    route!(DELETE "/" if !yes(&req) => matched(5, &[]));
    route!(DELETE "/b/é{p5: String}è" => matched(6, &[&p5]));
    route!("/{p1: String}aa{p15: u8}/a%/a{p29: u8}a{p39: Odd}a" if yes(&req) => matched(7, &[&p1, &p15, &p29, &p39]));
    route!(GET "/{p1: String}25{p15: u8}/ab/a{p29}a{p35: String}a" => matched(8, &[&p1, &p15, &p29, &p35]));
    route!("/{p1}-{p6: String}.b/aa" => matched(9, &[&p1, &p6]));
    route!(PUT | HEAD "/" => matched(10, &[]));
    route!("/ab/a{p5}/{rest..}" => matched(11, &[&p5, &rest]));
    route!(_ => "fallback");
}

#[server(trailing_slash = strict)]
async fn table_16(req: Request, res: Response) -> Result {
    route!(unmatched);
    route!("/" => matched(0, &[]));
    route!(ANY "/" => matched(1, &[]));
    route!("/{p1}/{p6: String}" if !yes(&req) => matched(2, &[&p1, &p6]));
    route!("/a{p2: u8}/{p11: Odd}-{p22: u8}.b" if yes(&req) => matched(3, &[&p2, &p11, &p22]));
    route!(ANY "/a/a/{p5}2F/{rest..}" => matched(4, &[&p5, &rest]));
    route!(PUT | HEAD "/a{p2: Odd}b/{p13}-{p19: Odd}.b/{p32: Odd}-{p43: String}.b" => matched(5, &[&p2, &p13, &p19, &p32, &p43]));
    #[cfg(test)]
    route!(POST "/b" => matched(6, &[]));
    route!(GET | POST "/5/2F/é{p8: u8}è" => matched(7, &[&p8]));
    route!(DELETE "/{p1: Odd}5" => matched(8, &[&p1]));
    route!(HEAD "/a{p2}b/{p8: u8}2F" => matched(9, &[&p2, &p8]));
    #[cfg(test)]
    route!(POST "/%" if !yes(&req) => matched(10, &[]));
    route!("/5/a{p4}a{p9}a/{p15}/{rest..}" => matched(11, &[&p4, &p9, &p15, &rest]));
}

#[server(trailing_slash = redirect)]
async fn table_17(req: Request, res: Response) -> Result {
    route!("/a-b/b" => matched(0, &[]));
    route!(ANY "/ab/é{p6}è" => matched(1, &[&p6]));
    route!("/25/{p4}2F/aa" => matched(2, &[&p4]));
    route!(OPTIONS "/a-b" if !yes(&req) => matched(3, &[]));
    route!(PUT | HEAD "/{p1}5/{p7: String}5/a{p22}b" if !yes(&req) => matched(4, &[&p1, &p7, &p22]));
    route!("/a%/b" => matched(5, &[]));
    route!(ANY "/a%/25" => matched(6, &[]));
    route!(OPTIONS "/{p1: u8}2F" if yes(&req) => matched(7, &[&p1]));
    route!(OPTIONS "/a{p2}/{p7: Odd}/ba" => matched(8, &[&p2, &p7]));
    route!("/{p1: String}.b/é/5" => matched(9, &[&p1]));
    route!(GET | POST "/" if !yes(&req) => matched(10, &[]));
    route!(GET | POST "/{p1: u8}/{p10}5/a" => matched(11, &[&p1, &p10]));
}

#[server(trailing_slash = redirect)]
async fn table_18(req: Request, res: Response) -> Result {
    route!(ANY "/{p1: Odd}b/{p12: u8}25{p23: u8}" if !yes(&req) => matched(0, &[&p1, &p12, &p23]));
    #[cfg(any())]
    route!(HEAD "/{p1: Odd}-{p11}.b/a.b/{p23}" => matched(1, &[&p1, &p11, &p23]));
    route!(GET "/" => matched(2, &[]));
    route!(POST "/" => matched(3, &[]));
    route!(GET "/a b" if yes(&req) => matched(4, &[]));
    #[cfg(any())]
    route!("/{p1}25{p7}/ba" if yes(&req) => matched(5, &[&p1, &p7]));
    route!(OPTIONS "/{p1: u8}2F/{p12}-{p18: Odd}.b" if !yes(&req) => matched(6, &[&p1, &p12, &p18]));
    route!(GET | POST "/a.b/%" => matched(7, &[]));
    #[cfg(test)]
    route!("/{p1}-{p6}.b/2F/a-b" => matched(8, &[&p1, &p6]));
    route!(POST "/ba/{rest..}" if !yes(&req) => matched(9, &[&rest]));
    route!("/5/a{p4}b/a%" => matched(10, &[&p4]));
    route!(POST "/a{p2: String}a{p15: u8}a" if !yes(&req) => matched(11, &[&p2, &p15]));
    route!(_ => "fallback");
}

#[server(trailing_slash = strict)]
async fn table_19(req: Request, res: Response) -> Result {
    #[cfg(any())]
    route!(ANY "/{p1: Odd}/25/a" => matched(0, &[&p1]));
    route!("/{p1: u8}25{p11: u8}/{p21}25{p28}/{rest..}" => matched(1, &[&p1, &p11, &p21, &p28, &rest]));
    route!("/{rest..}" => matched(2, &[&rest]));
    route!(DELETE "/a{p2: String}b" => matched(3, &[&p2]));
    route!(PUT | HEAD "/{rest..}" => matched(4, &[&rest]));
    route!(ANY "/{p1}-{p6: Odd}.b/7/{p20}" => matched(5, &[&p1, &p6, &p20]));
    route!(DELETE "/{p1: Odd}-{p11}.b" => matched(6, &[&p1, &p11]));
    route!(GET | POST "/a{p2: u8}/{rest..}" => matched(7, &[&p2, &rest]));
    route!(DELETE "/" => matched(8, &[]));
    route!(ANY "/{p1}-{p6}.b/é" => matched(9, &[&p1, &p6]));
    route!(ANY "/%" => matched(10, &[]));
    route!(GET | POST "/%/7/{p5: String}" if yes(&req) => matched(11, &[&p5]));
}

#[server(trailing_slash = strict)]
async fn table_20(req: Request, res: Response) -> Result {
    route!(unmatched);
    route!(OPTIONS "/{p1}/{p6: u8}-{p15}" => matched(0, &[&p1, &p6, &p15]));
    route!(PUT | HEAD "/aa/7/7" => matched(1, &[]));
    route!(POST "/{p1: String}25{p15: Odd}/é/ba" if yes(&req) => matched(2, &[&p1, &p15]));
    #[cfg(any())]
    route!(DELETE "/" if yes(&req) => matched(3, &[]));
    #[cfg(any())]
    route!(ANY "/{p1: u8}/{p10}aa{p17: String}" => matched(4, &[&p1, &p10, &p17]));
    route!(GET "/%/a.b/a{p8}b" if !yes(&req) => matched(5, &[&p8]));
    route!("/{p1: u8}-{p10: Odd}/{p21: Odd}%/{p33}" => matched(6, &[&p1, &p10, &p21, &p33]));
    route!(HEAD "/%/{rest..}" => matched(7, &[&rest]));
    route!(HEAD "/é{p3: String}è/a" => matched(8, &[&p3]));
    route!(GET | POST "/" if !yes(&req) => matched(9, &[]));
    route!("/{p1: Odd}/ab/{rest..}" => matched(10, &[&p1, &rest]));
    #[cfg(any())]
    route!("/{rest..}" => matched(11, &[&rest]));
}

#[server(trailing_slash = strict)]
async fn table_21(req: Request, res: Response) -> Result {
    route!(HEAD "/{p1}b/a{p8: Odd}" => matched(0, &[&p1, &p8]));
    route!(POST "/{p1: String}5/a{p16}" => matched(1, &[&p1, &p16]));
    route!("/" => matched(2, &[]));
    route!("/%/a{p4: String}a{p17: String}a/a{p33}b" => matched(3, &[&p4, &p17, &p33]));
    route!(PUT | HEAD "/" if !yes(&req) => matched(4, &[]));
    route!(GET | POST "/{p1}.b/{p8}-{p13}" if yes(&req) => matched(5, &[&p1, &p8, &p13]));
    route!("/é{p3: u8}è/{p14}-{p20: u8}" => matched(6, &[&p3, &p14, &p20]));
    #[cfg(test)]
    route!(POST "/é" if yes(&req) => matched(7, &[]));
    route!(GET | POST "/a/a-b" => matched(8, &[]));
    route!(PUT | HEAD "/2F/2F" => matched(9, &[]));
    route!(OPTIONS "/" => matched(10, &[]));
    route!(ANY "/a.b/{p5: Odd}-{p15: String}" if yes(&req) => matched(11, &[&p5, &p15]));
}

#[server(trailing_slash = strict)]
async fn table_22(req: Request, res: Response) -> Result {
    route!(unmatched);
    route!(DELETE "/a%/ba/a%" if !yes(&req) => matched(0, &[]));
    route!(GET | POST "/a{p2: u8}a{p11: Odd}a/{p23}F/{p30: String}.b" => matched(1, &[&p2, &p11, &p23, &p30]));
    route!(ANY "/a/é{p5: String}è" => matched(2, &[&p5]));
    route!(GET | POST "/è/a%" => matched(3, &[]));
    route!(POST "/{rest..}" if yes(&req) => matched(4, &[&rest]));
    route!(GET "/" if !yes(&req) => matched(5, &[]));
    route!(ANY "/7/ba" => matched(6, &[]));
    route!(HEAD "/é/aa" if yes(&req) => matched(7, &[]));
    route!(ANY "/%" => matched(8, &[]));
    route!(ANY "/{p1}/{p6: String}25{p20: u8}" if !yes(&req) => matched(9, &[&p1, &p6, &p20]));
    route!(HEAD "/è/è" => matched(10, &[]));
    route!("/" => matched(11, &[]));
}

#[server(trailing_slash = ignore)]
async fn table_23(req: Request, res: Response) -> Result {
    route!("/{rest..}" if !yes(&req) => matched(0, &[&rest]));
    route!(GET | POST "/{rest..}" => matched(1, &[&rest]));
    route!(DELETE "/{p1: u8}/a/{p12: u8}-{p22}.b" => matched(2, &[&p1, &p12, &p22]));
    route!(OPTIONS "/{p1: String}2F" => matched(3, &[&p1]));
    #[cfg(any())]
    route!(PUT | HEAD "/{p1: Odd}%/a b/{p16: Odd}" => matched(4, &[&p1, &p16]));
    route!(PUT | HEAD "/{p1}5" if !yes(&req) => matched(5, &[&p1]));
    route!(ANY "/5/b/a{p6: u8}a{p15: u8}a" => matched(6, &[&p6, &p15]));
    route!(DELETE "/{p1: u8}/a{p11}a{p17: u8}a/{rest..}" => matched(7, &[&p1, &p11, &p17, &rest]));
    route!(PUT | HEAD "/ab/é/{p7: String}-{p20}.b" => matched(8, &[&p7, &p20]));
    route!(PUT | HEAD "/{p1}" => matched(9, &[&p1]));
    route!(OPTIONS "/è/a{p5: String}/{p18: Odd}b" => matched(10, &[&p5, &p18]));
    route!(OPTIONS "/a.b/{p5: String}" if yes(&req) => matched(11, &[&p5]));
}

#[server(trailing_slash = strict)]
async fn table_24(req: Request, res: Response) -> Result {
    route!(unmatched);
    route!(POST "/" => matched(0, &[]));
    route!(GET | POST "/" => matched(1, &[]));
    #[cfg(any())]
    route!("/2F/b/{rest..}" => matched(2, &[&rest]));
    #[cfg(any())]
    route!(ANY "/ab/ba/aa" if yes(&req) => matched(3, &[]));
    route!(ANY "/{p1}/{p6: u8}5" if yes(&req) => matched(4, &[&p1, &p6]));
    route!("/ba/{p4: String}aa{p18: String}" => matched(5, &[&p4, &p18]));
    route!(ANY "/5" => matched(6, &[]));
    route!(HEAD "/{p1}b/a/{rest..}" => matched(7, &[&p1, &rest]));
    route!(HEAD "/2F/%/a/{rest..}" => matched(8, &[&rest]));
    route!("/{p1}F/{p7: Odd}F/a{p19: Odd}a{p30: u8}a/{rest..}" if yes(&req) => matched(9, &[&p1, &p7, &p19, &p30, &rest]));
    route!("/{p1: Odd}aa{p12}" => matched(10, &[&p1, &p12]));
    route!(PUT | HEAD "/{p1}25{p7: u8}" => matched(11, &[&p1, &p7]));
}

#[server(trailing_slash = ignore)]
async fn table_25(req: Request, res: Response) -> Result {
    route!(HEAD "/" => matched(0, &[]));
    route!("/" => matched(1, &[]));
    route!("/a/a%" => matched(2, &[]));
    #[cfg(any())]
    route!(ANY "/" if !yes(&req) => matched(3, &[]));
    route!("/ab/{p4}-{p9: u8}.b/%" if yes(&req) => matched(4, &[&p4, &p9]));
    route!(OPTIONS "/{p1}/{rest..}" => matched(5, &[&p1, &rest]));
    #[cfg(test)]
    route!(GET "/{p1: Odd}" => matched(6, &[&p1]));
    #[cfg(test)]
    route!("/{p1}/{p6: String}-{p19}" => matched(7, &[&p1, &p6, &p19]));
    route!("/{p1: u8}2F/{p12}%/%" if yes(&req) => matched(8, &[&p1, &p12]));
    #[cfg(test)]
    route!(ANY "/" => matched(9, &[]));
    route!(ANY "/{p1: Odd}/7" => matched(10, &[&p1]));
    route!(GET | POST "/a/aa" => matched(11, &[]));
    route!(_ => "fallback");
}

#[server(trailing_slash = ignore)]
async fn table_26(req: Request, res: Response) -> Result {
    route!(unmatched);
    route!(PUT | HEAD "/%/{p3}2F" if yes(&req) => matched(0, &[&p3]));
    #[cfg(test)]
    route!(GET | POST "/ab" => matched(1, &[]));
    route!("/ba/a-b/{p8}aa{p14: String}" => matched(2, &[&p8, &p14]));
    route!("/" if yes(&req) => matched(3, &[]));
    route!(PUT | HEAD "/" => matched(4, &[]));
    #[cfg(test)]
    route!(DELETE "/" if yes(&req) => matched(5, &[]));
    #[cfg(test)]
    route!(GET "/7/a-b/{rest..}" => matched(6, &[&rest]));
    route!(GET "/" if !yes(&req) => matched(7, &[]));
    route!(GET | POST "/a b/{rest..}" if yes(&req) => matched(8, &[&rest]));
    route!("/{rest..}" if !yes(&req) => matched(9, &[&rest]));
    route!("/{p1: String}/{p14}-{p20}/è" => matched(10, &[&p1, &p14, &p20]));
    route!("/b/2F" if yes(&req) => matched(11, &[]));
}

#[server(trailing_slash = ignore)]
async fn table_27(req: Request, res: Response) -> Result {
    route!(GET "/a/{p3}%/{p9}F" => matched(0, &[&p3, &p9]));
    route!(POST "/a b" => matched(1, &[]));
    route!(OPTIONS "/{p1: String}b" => matched(2, &[&p1]));
    route!(ANY "/é/{p4: u8}b" => matched(3, &[&p4]));
    route!(OPTIONS "/a.b/{rest..}" => matched(4, &[&rest]));
    route!(DELETE "/" => matched(5, &[]));
    route!(PUT | HEAD "/{p1: Odd}b/{p12: String}%/{rest..}" if yes(&req) => matched(6, &[&p1, &p12, &rest]));
    route!(GET "/{p1: String}-{p14}.b/{p22: u8}" if yes(&req) => matched(7, &[&p1, &p14, &p22]));
    route!(GET | POST "/{p1}25{p7}/a%/{p15: String}2F" => matched(8, &[&p1, &p7, &p15]));
    route!(GET "/5/{rest..}" if yes(&req) => matched(9, &[&rest]));
    route!(OPTIONS "/è" if yes(&req) => matched(10, &[]));
    route!(PUT | HEAD "/a%/aa/%" => matched(11, &[]));
}

#[server(trailing_slash = ignore)]
async fn table_28(req: Request, res: Response) -> Result {
    route!(unmatched);
    route!("/{p1: u8}/{p10: u8}/é{p22: Odd}è" => matched(0, &[&p1, &p10, &p22]));
    route!(HEAD "/a.b/{p5: String}5/2F" => matched(1, &[&p5]));
    route!("/{p1: u8}.b/{rest..}" => matched(2, &[&p1, &rest]));
    route!(OPTIONS "/aa/{p4: String}-{p17: Odd}.b" if yes(&req) => matched(3, &[&p4, &p17]));
    route!(GET "/7" => matched(4, &[]));
    route!(DELETE "/b" if !yes(&req) => matched(5, &[]));
    route!(GET | POST "/" if yes(&req) => matched(6, &[]));
    route!(ANY "/2F/a{p5: u8}b/{rest..}" => matched(7, &[&p5, &rest]));
    route!(HEAD "/é{p3: String}è/{p18: Odd}2F/a-b" => matched(8, &[&p3, &p18]));
    route!("/é/{p4}25{p10: Odd}" => matched(9, &[&p4, &p10]));
    route!(GET | POST "/{p1}25{p7: u8}/a/7" if !yes(&req) => matched(10, &[&p1, &p7]));
    #[cfg(any())]
    route!("/{p1}.b/a b/é" => matched(11, &[&p1]));
}

#[server(trailing_slash = redirect)]
async fn table_29(req: Request, res: Response) -> Result {
    route!(DELETE "/" => matched(0, &[]));
    route!(HEAD "/2F/é{p6: u8}è/{p17}aa{p24: Odd}" => matched(1, &[&p6, &p17, &p24]));
    route!(HEAD "/{p1: Odd}" => matched(2, &[&p1]));
    #[cfg(test)]
    route!("/{rest..}" => matched(3, &[&rest]));
    route!(GET | POST "/" if !yes(&req) => matched(4, &[]));
    route!(POST "/{p1: Odd}F/ba/a b" if yes(&req) => matched(5, &[&p1]));
    route!(ANY "/a b/{p5: u8}-{p14: u8}.b" if !yes(&req) => matched(6, &[&p5, &p14]));
    route!(PUT | HEAD "/2F/{p4}-{p9: u8}.b/a{p21}b/{rest..}" if !yes(&req) => matched(7, &[&p4, &p9, &p21, &rest]));
    route!(GET | POST "/é{p3: u8}è/7" => matched(8, &[&p3]));
    route!(ANY "/%" if yes(&req) => matched(9, &[]));
    route!(POST "/{p1}2F/a%/b/{rest..}" => matched(10, &[&p1, &rest]));
    route!(GET | POST "/a{p2: Odd}b/{p13: String}/é{p29}è/{rest..}" => matched(11, &[&p2, &p13, &p29, &rest]));
}

#[server(trailing_slash = ignore)]
async fn table_30(req: Request, res: Response) -> Result {
    route!(HEAD "/" => matched(0, &[]));
    #[cfg(any())]
    route!(ANY "/a-b/{p5}/aa" if yes(&req) => matched(1, &[&p5]));
    route!(ANY "/{p1}" if yes(&req) => matched(2, &[&p1]));
    route!("/" => matched(3, &[]));
    route!(ANY "/{p1: Odd}%/2F" => matched(4, &[&p1]));
    route!(POST "/" => matched(5, &[]));
    #[cfg(any())]
    route!(ANY "/aa" => matched(6, &[]));
    route!(POST "/{p1: u8}b" => matched(7, &[&p1]));
    #[cfg(test)]
    route!("/7/{rest..}" if !yes(&req) => matched(8, &[&rest]));
    #[cfg(any())]
    route!(GET "/{p1}25{p7: u8}/a{p17: Odd}b" => matched(9, &[&p1, &p7, &p17]));
    route!(POST "/a-b/{rest..}" => matched(10, &[&rest]));
    #[cfg(test)]
    route!(POST "/{p1: Odd}" if !yes(&req) => matched(11, &[&p1]));
    route!(_ => "fallback");
}

#[server(trailing_slash = strict)]
async fn table_31(req: Request, res: Response) -> Result {
    route!("/ba" => matched(0, &[]));
    route!(GET "/a" => matched(1, &[]));
    route!("/" if !yes(&req) => matched(2, &[]));
    route!(GET | POST "/é/ba" => matched(3, &[]));
    route!(GET "/{p1: Odd}F/{p12}/{rest..}" => matched(4, &[&p1, &p12, &rest]));
    route!("/" => matched(5, &[]));
    route!("/{p1: Odd}%/{rest..}" => matched(6, &[&p1, &rest]));
    #[cfg(any())]
    route!(DELETE "/7/{p3}" => matched(7, &[&p3]));
    route!(PUT | HEAD "/{rest..}" => matched(8, &[&rest]));
    #[cfg(any())]
    route!("/a-b/{p5: u8}" if !yes(&req) => matched(9, &[&p5]));
    route!(GET | POST "/{p1: String}-{p14}/{p20}aa{p27: Odd}/{rest..}" if !yes(&req) => matched(10, &[&p1, &p14, &p20, &p27, &rest]));
    route!(ANY "/a{p2: String}b/{rest..}" => matched(11, &[&p2, &rest]));
}

#[server(trailing_slash = strict)]
async fn table_32(req: Request, res: Response) -> Result {
    route!(GET "/5/ab/a{p7: String}b" => matched(0, &[&p7]));
    #[cfg(any())]
    route!(DELETE "/a%" if !yes(&req) => matched(1, &[]));
    route!(DELETE "/" => matched(2, &[]));
    route!(OPTIONS "/7/a/{p5: u8}aa{p15}" if !yes(&req) => matched(3, &[&p5, &p15]));
    route!(HEAD "/{p1: u8}.b/a.b/{p16}/{rest..}" => matched(4, &[&p1, &p16, &rest]));
    #[cfg(test)]
    route!(ANY "/a{p2}a{p7}a/ba" => matched(5, &[&p2, &p7]));
    route!(GET | POST "/{p1: u8}-{p10: u8}.b" => matched(6, &[&p1, &p10]));
    #[cfg(any())]
    route!(ANY "/a{p2}b" if !yes(&req) => matched(7, &[&p2]));
    route!(ANY "/b/ab/{p6: u8}" => matched(8, &[&p6]));
    route!(GET "/a/7/b" => matched(9, &[]));
    #[cfg(any())]
    route!("/7/é" if !yes(&req) => matched(10, &[]));
    #[cfg(any())]
    route!(GET | POST "/{p1: u8}b/{p11: String}aa{p26}/a{p33: Odd}b/{rest..}" if yes(&req) => matched(11, &[&p1, &p11, &p26, &p33, &rest]));
    route!(_ => "fallback");
}

#[server(trailing_slash = redirect)]
async fn table_33(req: Request, res: Response) -> Result {
    route!(PUT | HEAD "/{rest..}" => matched(0, &[&rest]));
    route!(DELETE "/25" => matched(1, &[]));
    #[cfg(any())]
    route!("/b/a%" => matched(2, &[]));
    route!(GET "/{p1: Odd}-{p11: String}/{rest..}" => matched(3, &[&p1, &p11, &rest]));
    route!(GET "/" if !yes(&req) => matched(4, &[]));
    route!(GET "/{p1}/a%/ab" => matched(5, &[&p1]));
    route!(OPTIONS "/{p1}2F/a{p9}" if yes(&req) => matched(6, &[&p1, &p9]));
    #[cfg(any())]
    route!("/" => matched(7, &[]));
    #[cfg(test)]
    route!(OPTIONS "/" => matched(8, &[]));
    route!(POST "/a{p2: Odd}a{p12: Odd}a" => matched(9, &[&p2, &p12]));
    route!(POST "/{p1: u8}2F/a b/7" => matched(10, &[&p1]));
    route!(ANY "/" => matched(11, &[]));
}

#[server(trailing_slash = strict)]
async fn table_34(req: Request, res: Response) -> Result {
    route!(unmatched);
    route!("/{p1}.b/a.b/{rest..}" if yes(&req) => matched(0, &[&p1, &rest]));
    #[cfg(test)]
    route!(ANY "/7/a{p4}a{p9: String}a" if yes(&req) => matched(1, &[&p4, &p9]));
    route!(OPTIONS "/{p1}5/a{p8: u8}a{p17}a/a b" => matched(2, &[&p1, &p8, &p17]));
    route!(GET "/ba" => matched(3, &[]));
    route!(DELETE "/{p1}/ba/{p9: String}-{p22}" => matched(4, &[&p1, &p9, &p22]));
    route!(GET "/{p1: String}2F/{rest..}" => matched(5, &[&p1, &rest]));
    route!(HEAD "/a{p2}/a.b" => matched(6, &[&p2]));
    route!(OPTIONS "/ba/a b" => matched(7, &[]));
    route!("/7/a{p4}/a{p10}b" if !yes(&req) => matched(8, &[&p4, &p10]));
    route!(PUT | HEAD "/" => matched(9, &[]));
    route!("/a{p2: Odd}b/b" if yes(&req) => matched(10, &[&p2]));
    route!(HEAD "/a" => matched(11, &[]));
}

#[server(trailing_slash = strict)]
async fn table_35(req: Request, res: Response) -> Result {
    route!(POST "/a{p2}b/2F" if yes(&req) => matched(0, &[&p2]));
    route!(GET "/a/7/{rest..}" => matched(1, &[&rest]));
    route!("/a-b/b" if yes(&req) => matched(2, &[]));
    route!(GET | POST "/a{p2: u8}b/{p12: Odd}aa{p24: u8}" => matched(3, &[&p2, &p12, &p24]));
    route!(OPTIONS "/" => matched(4, &[]));
    route!("/7/è/a" => matched(5, &[]));
    route!("/a-b" if yes(&req) => matched(6, &[]));
    route!("/" => matched(7, &[]));
    route!(PUT | HEAD "/a/{p3}-{p8: Odd}.b/{p20}5" => matched(8, &[&p3, &p8, &p20]));
    route!("/a" => matched(9, &[]));
    #[cfg(any())]
    route!(POST "/{p1}aa{p7}/a%" => matched(10, &[&p1, &p7]));
    #[cfg(test)]
    route!(GET | POST "/a b" => matched(11, &[]));
}

#[server(trailing_slash = redirect)]
async fn table_36(req: Request, res: Response) -> Result {
    route!(unmatched);
    route!(GET | POST "/a{p2: String}" if !yes(&req) => matched(0, &[&p2]));
    route!(GET | POST "/" if yes(&req) => matched(1, &[]));
    route!("/" => matched(2, &[]));
    route!(OPTIONS "/%" if yes(&req) => matched(3, &[]));
    #[cfg(any())]
    route!("/{rest..}" => matched(4, &[&rest]));
    route!(PUT | HEAD "/{p1}/a-b/a{p11: String}" => matched(5, &[&p1, &p11]));
    route!("/a.b/ba/{p8}" => matched(6, &[&p8]));
    route!(GET | POST "/{p1: String}-{p14: String}.b" => matched(7, &[&p1, &p14]));
    route!("/5/è/{rest..}" => matched(8, &[&rest]));
    #[cfg(test)]
    route!(PUT | HEAD "/{p1}.b/{p8}/b" => matched(9, &[&p1, &p8]));
    #[cfg(any())]
    route!(PUT | HEAD "/5" => matched(10, &[]));
    route!(PUT | HEAD "/{rest..}" if yes(&req) => matched(11, &[&rest]));
}

#[server(trailing_slash = strict)]
async fn table_37(req: Request, res: Response) -> Result {
    route!(ANY "/" => matched(0, &[]));
    route!(PUT | HEAD "/{p1: u8}aa{p11}/25" => matched(1, &[&p1, &p11]));
    #[cfg(any())]
    route!("/{p1}" if yes(&req) => matched(2, &[&p1]));
    route!(ANY "/{p1: String}b/a.b/{rest..}" => matched(3, &[&p1, &rest]));
    route!("/è/{p4}-{p9}/{rest..}" => matched(4, &[&p4, &p9, &rest]));
    route!(PUT | HEAD "/5/ab" if !yes(&req) => matched(5, &[]));
    route!(GET | POST "/{p1: Odd}-{p11}/{rest..}" if yes(&req) => matched(6, &[&p1, &p11, &rest]));
    route!(HEAD "/aa" if yes(&req) => matched(7, &[]));
    route!("/a.b/a/aa" if !yes(&req) => matched(8, &[]));
    route!(GET "/{p1}25{p7: String}/a{p21: String}b" => matched(9, &[&p1, &p7, &p21]));
    route!(HEAD "/a/{p3}5/{p9}F" => matched(10, &[&p3, &p9]));
    route!(GET "/a.b" => matched(11, &[]));
}

#[server(trailing_slash = strict)]
async fn table_38(req: Request, res: Response) -> Result {
    route!(unmatched);
    route!(PUT | HEAD "/{p1: String}b/aa" if !yes(&req) => matched(0, &[&p1]));
    route!(HEAD "/é{p3}è/ba/{p13: u8}2F" => matched(1, &[&p3, &p13]));
    route!(GET | POST "/{p1}aa{p7: u8}/{p16: String}b/{rest..}" => matched(2, &[&p1, &p7, &p16, &rest]));
    route!(HEAD "/{p1: Odd}F/é{p14}è" => matched(3, &[&p1, &p14]));
    route!("/ab/b" if !yes(&req) => matched(4, &[]));
    route!(GET | POST "/a b/{p5: Odd}/{rest..}" => matched(5, &[&p5, &rest]));
    route!(PUT | HEAD "/" => matched(6, &[]));
    route!("/25" if !yes(&req) => matched(7, &[]));
    route!(OPTIONS "/" => matched(8, &[]));
    route!(OPTIONS "/ba" if !yes(&req) => matched(9, &[]));
    route!("/" => matched(10, &[]));
    route!("/{p1}-{p6}/%/{p13}-{p19}.b/{rest..}" => matched(11, &[&p1, &p6, &p13, &p19, &rest]));
}

#[server(trailing_slash = ignore)]
async fn table_39(req: Request, res: Response) -> Result {
    route!("/{p1: Odd}%/{p12: u8}5" => matched(0, &[&p1, &p12]));
    route!("/{rest..}" => matched(1, &[&rest]));
    #[cfg(test)]
    route!(OPTIONS "/" => matched(2, &[]));
    route!(ANY "/" => matched(3, &[]));
    route!(GET | POST "/a{p2: Odd}/{p12: u8}F" => matched(4, &[&p2, &p12]));
    route!(PUT | HEAD "/a b/é{p7}è/{p14: Odd}%" if yes(&req) => matched(5, &[&p7, &p14]));
    route!(PUT | HEAD "/é/é/{p7: Odd}-{p17}.b" => matched(6, &[&p7, &p17]));
    route!(POST "/{p1: u8}b/a" if !yes(&req) => matched(7, &[&p1]));
    route!(ANY "/{rest..}" => matched(8, &[&rest]));
    route!(_ => "fallback");
}

pub(crate) async fn respond(table: usize, req: Request, res: Response) -> Result {
    match table {
        0 => table_0(req, res).await,
        1 => table_1(req, res).await,
        2 => table_2(req, res).await,
        3 => table_3(req, res).await,
        4 => table_4(req, res).await,
        5 => table_5(req, res).await,
        6 => table_6(req, res).await,
        7 => table_7(req, res).await,
        8 => table_8(req, res).await,
        9 => table_9(req, res).await,
        10 => table_10(req, res).await,
        11 => table_11(req, res).await,
        12 => table_12(req, res).await,
        13 => table_13(req, res).await,
        14 => table_14(req, res).await,
        15 => table_15(req, res).await,
        16 => table_16(req, res).await,
        17 => table_17(req, res).await,
        18 => table_18(req, res).await,
        19 => table_19(req, res).await,
        20 => table_20(req, res).await,
        21 => table_21(req, res).await,
        22 => table_22(req, res).await,
        23 => table_23(req, res).await,
        24 => table_24(req, res).await,
        25 => table_25(req, res).await,
        26 => table_26(req, res).await,
        27 => table_27(req, res).await,
        28 => table_28(req, res).await,
        29 => table_29(req, res).await,
        30 => table_30(req, res).await,
        31 => table_31(req, res).await,
        32 => table_32(req, res).await,
        33 => table_33(req, res).await,
        34 => table_34(req, res).await,
        35 => table_35(req, res).await,
        36 => table_36(req, res).await,
        37 => table_37(req, res).await,
        38 => table_38(req, res).await,
        39 => table_39(req, res).await,
        _ => Err(Error::not_found()),
    }
}
