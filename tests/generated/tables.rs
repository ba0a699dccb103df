//! Written by `source.rs`: see `main.rs`.

use onward::prelude::*;
use std::fmt::Debug;
use std::str::FromStr;

/// Text of an odd number of bytes.
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

fn told(row: usize, params: &[&dyn Debug]) -> String {
    format!("{row} {params:?}")
}

#[server(trailing_slash = strict)]
async fn table_0(req: Request, res: Response) -> Result {
    route!(ANY "/{p1: Odd}5/b/a{p15}a{p21: Odd}a" => told(0, &[&p1, &p15, &p21]));
    route!(GET | POST "/25/a.b/a/{rest..}" if yes(&req) => told(1, &[&rest]));
    route!(GET | POST "/{p1: String}/{rest..}" => told(2, &[&p1, &rest]));
    #[cfg(any())]
    route!(ANY "/{p1}25{p7: u8}" if yes(&req) => told(3, &[&p1, &p7]));
    #[cfg(any())]
    route!(OPTIONS "/5/{p3: Odd}b/{p14: String}aa{p29: u8}" if yes(&req) => told(4, &[&p3, &p14, &p29]));
    route!(GET | POST "/a" => told(5, &[]));
    route!("/a{p2: Odd}a{p12: Odd}a" => told(6, &[&p2, &p12]));
    route!(HEAD "/a.b" if !yes(&req) => told(7, &[]));
    route!(OPTIONS "/a{p2: Odd}/{rest..}" => told(8, &[&p2, &rest]));
    route!(PUT | HEAD "/" => told(9, &[]));
    route!(ANY "/{p1}%/{p7: String}-{p20: Odd}/{p31: u8}" => told(10, &[&p1, &p7, &p20, &p31]));
    route!(DELETE "/a{p2: Odd}b/é/ab/{rest..}" if !yes(&req) => told(11, &[&p2, &rest]));
}

#[server(trailing_slash = strict)]
async fn table_1(req: Request, res: Response) -> Result {
    route!(DELETE "/{p1}b/{p7}5/a%" if !yes(&req) => told(0, &[&p1, &p7]));
    route!(OPTIONS "/{p1}-{p6: String}/{p19}-{p25: Odd}.b" => told(1, &[&p1, &p6, &p19, &p25]));
    route!(ANY "/" if !yes(&req) => told(2, &[]));
    route!(HEAD "/" if yes(&req) => told(3, &[]));
    #[cfg(any())]
    route!(GET "/a/{p3}" if yes(&req) => told(4, &[&p3]));
    route!("/" => told(5, &[]));
    route!(GET | POST "/é{p3: u8}è/ba" if !yes(&req) => told(6, &[&p3]));
    route!(GET | POST "/{p1}/{rest..}" if yes(&req) => told(7, &[&p1, &rest]));
    route!("/{p1}b/7/{rest..}" => told(8, &[&p1, &rest]));
    route!(DELETE "/a{p2: u8}a{p11: Odd}a/7/a.b" => told(9, &[&p2, &p11]));
    route!("/è/a-b" => told(10, &[]));
    route!(PUT | HEAD "/{rest..}" => told(11, &[&rest]));
}

#[server(trailing_slash = ignore)]
async fn table_2(req: Request, res: Response) -> Result {
    route!(DELETE "/a%" => told(0, &[]));
    route!(OPTIONS "/é{p3}è/{p10}25{p17}/ba/{rest..}" => told(1, &[&p3, &p10, &p17, &rest]));
    #[cfg(any())]
    route!(ANY "/a{p2: u8}b/é{p14: String}è" => told(2, &[&p2, &p14]));
    route!("/{p1: String}/é/a%/{rest..}" => told(3, &[&p1, &rest]));
    route!(ANY "/{p1: String}b/{rest..}" => told(4, &[&p1, &rest]));
    route!(PUT | HEAD "/" if !yes(&req) => told(5, &[]));
    #[cfg(any())]
    route!(GET | POST "/" => told(6, &[]));
    #[cfg(test)]
    route!("/è" => told(7, &[]));
    route!(ANY "/2F/ab/a" => told(8, &[]));
    #[cfg(any())]
    route!(HEAD "/7/é" => told(9, &[]));
    route!(PUT | HEAD "/{rest..}" if yes(&req) => told(10, &[&rest]));
    route!(ANY "/a{p2}a{p7: String}a/a-b" => told(11, &[&p2, &p7]));
}

#[server(trailing_slash = redirect)]
async fn table_3(req: Request, res: Response) -> Result {
    route!("/{p1: u8}aa{p11}/%" => told(0, &[&p1, &p11]));
    route!(POST "/{rest..}" if !yes(&req) => told(1, &[&rest]));
    route!(DELETE "/{rest..}" => told(2, &[&rest]));
    route!(GET | POST "/{p1: String}b/a{p16: u8}" => told(3, &[&p1, &p16]));
    route!(ANY "/" if !yes(&req) => told(4, &[]));
    route!("/" => told(5, &[]));
    route!(HEAD "/{rest..}" => told(6, &[&rest]));
    route!("/{p1}/a.b" => told(7, &[&p1]));
    route!(ANY "/{p1: u8}25{p11}" if yes(&req) => told(8, &[&p1, &p11]));
    route!(ANY "/{p1}/{p6}aa{p12: Odd}/{p23}%" if !yes(&req) => told(9, &[&p1, &p6, &p12, &p23]));
    route!(PUT | HEAD "/25" => told(10, &[]));
    route!(ANY "/{p1}25{p7}" => told(11, &[&p1, &p7]));
}

#[server(trailing_slash = strict)]
async fn table_4(req: Request, res: Response) -> Result {
    route!(HEAD "/a%/a-b/a-b" => told(0, &[]));
    route!(GET | POST "/{p1: u8}/è/{p13}" => told(1, &[&p1, &p13]));
    route!("/è" => told(2, &[]));
    route!(GET | POST "/é/{rest..}" => told(3, &[&rest]));
    route!("/25/{p4}5/{p10: u8}-{p20}" if !yes(&req) => told(4, &[&p4, &p10, &p20]));
    route!(POST "/" if !yes(&req) => told(5, &[]));
    #[cfg(test)]
    route!("/a{p2}/%/b" if !yes(&req) => told(6, &[&p2]));
    route!(PUT | HEAD "/" => told(7, &[]));
    route!(DELETE "/{p1: Odd}25{p12}/é" if yes(&req) => told(8, &[&p1, &p12]));
    route!("/" => told(9, &[]));
    route!(PUT | HEAD "/{p1}2F/{p8}2F/{p15}%/{rest..}" => told(10, &[&p1, &p8, &p15, &rest]));
    route!(POST "/{p1: String}F/7/{rest..}" => told(11, &[&p1, &rest]));
    route!(_ => "fallback");
}

#[server(trailing_slash = strict)]
async fn table_5(req: Request, res: Response) -> Result {
    route!(DELETE "/é{p3: String}è/a{p19}b" => told(0, &[&p3, &p19]));
    route!(ANY "/{p1}/{p6}%/7" => told(1, &[&p1, &p6]));
    route!(DELETE "/25/{p4: Odd}F/a-b" if !yes(&req) => told(2, &[&p4]));
    route!(GET "/a b/{p5: u8}/5" if yes(&req) => told(3, &[&p5]));
    route!(GET | POST "/a.b/ab/{p8: Odd}5" => told(4, &[&p8]));
    route!("/ab" if !yes(&req) => told(5, &[]));
    route!(POST "/{p1}/é" => told(6, &[&p1]));
    route!(DELETE "/%" if !yes(&req) => told(7, &[]));
    route!(ANY "/a{p2: Odd}a{p12: String}a/a" if yes(&req) => told(8, &[&p2, &p12]));
    route!("/" if !yes(&req) => told(9, &[]));
    route!(HEAD "/" => told(10, &[]));
    route!(OPTIONS "/{p1: Odd}%/{p12}b" if !yes(&req) => told(11, &[&p1, &p12]));
}

#[server(trailing_slash = strict)]
async fn table_6(req: Request, res: Response) -> Result {
    #[cfg(any())]
    route!("/{rest..}" if !yes(&req) => told(0, &[&rest]));
    route!("/{p1}%" => told(1, &[&p1]));
    route!("/5/{p3: u8}aa{p13: String}" if yes(&req) => told(2, &[&p3, &p13]));
    route!(POST "/a{p2}b/a{p9: u8}b/{p19}" if yes(&req) => told(3, &[&p2, &p9, &p19]));
    route!(HEAD "/{p1: String}/a" => told(4, &[&p1]));
    #[cfg(any())]
    route!(ANY "/é{p3: u8}è/a{p15: String}b/{p30: String}/{rest..}" => told(5, &[&p3, &p15, &p30, &rest]));
    route!("/b/25/{p6}" if yes(&req) => told(6, &[&p6]));
    #[cfg(test)]
    route!(GET | POST "/ba/{rest..}" => told(7, &[&rest]));
    route!(GET "/é/{p4: Odd}%/{rest..}" if !yes(&req) => told(8, &[&p4, &rest]));
    route!(HEAD "/a b/a{p6}" if yes(&req) => told(9, &[&p6]));
    route!(GET | POST "/5" if yes(&req) => told(10, &[]));
    route!("/" => told(11, &[]));
}

#[server(trailing_slash = ignore)]
async fn table_7(req: Request, res: Response) -> Result {
    route!(GET | POST "/a/%" if yes(&req) => told(0, &[]));
    route!(POST "/a{p2: Odd}b" if !yes(&req) => told(1, &[&p2]));
    route!(OPTIONS "/" => told(2, &[]));
    route!(PUT | HEAD "/a" => told(3, &[]));
    #[cfg(any())]
    route!(ANY "/a{p2: u8}b" => told(4, &[&p2]));
    route!(GET | POST "/" if yes(&req) => told(5, &[]));
    route!("/è" => told(6, &[]));
    route!("/" => told(7, &[]));
    route!("/{p1: String}5/{p15: u8}25{p26}/a.b" => told(8, &[&p1, &p15, &p26]));
    route!(GET | POST "/aa/a{p5}/7" => told(9, &[&p5]));
    route!(ANY "/5" if yes(&req) => told(10, &[]));
    route!(HEAD "/ab" => told(11, &[]));
    route!(_ => "fallback");
}

#[server(trailing_slash = strict)]
async fn table_8(req: Request, res: Response) -> Result {
    route!(GET | POST "/{p1}/a.b/b" => told(0, &[&p1]));
    route!(GET "/{p1: Odd}%" if yes(&req) => told(1, &[&p1]));
    route!(GET "/a-b/{rest..}" if yes(&req) => told(2, &[&rest]));
    route!(OPTIONS "/5/a{p4: String}b/{rest..}" => told(3, &[&p4, &rest]));
    route!(ANY "/a/{rest..}" => told(4, &[&rest]));
    route!(ANY "/" => told(5, &[]));
    route!("/{rest..}" => told(6, &[&rest]));
    route!(OPTIONS "/b/{p3: Odd}/a/{rest..}" => told(7, &[&p3, &rest]));
    route!(OPTIONS "/{p1: String}" => told(8, &[&p1]));
    route!(OPTIONS "/{p1: String}/è" => told(9, &[&p1]));
    route!(POST "/{p1}-{p6}.b/{p13}2F/{p21: Odd}" => told(10, &[&p1, &p6, &p13, &p21]));
    route!(DELETE "/{p1: u8}F/{p11: String}aa{p26: u8}" => told(11, &[&p1, &p11, &p26]));
    route!(_ => "fallback");
}

#[server(trailing_slash = ignore)]
async fn table_9(req: Request, res: Response) -> Result {
    route!(HEAD "/é" => told(0, &[]));
    route!(GET | POST "/{p1: String}aa{p15: u8}/25/{p28: String}-{p42}.b/{rest..}" if !yes(&req) => told(1, &[&p1, &p15, &p28, &p42, &rest]));
    route!("/{p1}/a/b" => told(2, &[&p1]));
    route!(GET | POST "/25/a b" => told(3, &[]));
    route!(PUT | HEAD "/{p1}%/è" if !yes(&req) => told(4, &[&p1]));
    route!(OPTIONS "/" if !yes(&req) => told(5, &[]));
    #[cfg(test)]
    route!("/" => told(6, &[]));
    route!(POST "/{rest..}" => told(7, &[&rest]));
    #[cfg(any())]
    route!(ANY "/é/a" if yes(&req) => told(8, &[]));
    route!(GET "/aa" => told(9, &[]));
    route!("/{p1: u8}-{p10}" => told(10, &[&p1, &p10]));
    route!(OPTIONS "/{p1: String}-{p14: u8}.b/{p26}-{p32: u8}.b/{rest..}" => told(11, &[&p1, &p14, &p26, &p32, &rest]));
}

#[server(trailing_slash = strict)]
async fn table_10(req: Request, res: Response) -> Result {
    route!(HEAD "/{p1: String}" => told(0, &[&p1]));
    route!(DELETE "/é{p3: u8}è" if yes(&req) => told(1, &[&p3]));
    route!("/{rest..}" if yes(&req) => told(2, &[&rest]));
    route!(GET "/" => told(3, &[]));
    route!("/a%" => told(4, &[]));
    route!(HEAD "/{p1: u8}2F/aa/b" => told(5, &[&p1]));
    route!("/{p1}-{p6: String}.b/{p21: Odd}2F/{p34}-{p40: Odd}" => told(6, &[&p1, &p6, &p21, &p34, &p40]));
    #[cfg(test)]
    route!(OPTIONS "/" => told(7, &[]));
    route!("/aa" => told(8, &[]));
    route!(POST "/{p1}/{p6: u8}/b" => told(9, &[&p1, &p6]));
    route!("/2F/{p4}%/{p10}%" => told(10, &[&p4, &p10]));
    route!(OPTIONS "/%" => told(11, &[]));
}

#[server(trailing_slash = ignore)]
async fn table_11(req: Request, res: Response) -> Result {
    #[cfg(test)]
    route!(ANY "/" if yes(&req) => told(0, &[]));
    route!("/é/2F/{p7: String}.b" => told(1, &[&p7]));
    route!(GET "/" if !yes(&req) => told(2, &[]));
    route!(POST "/ba" if yes(&req) => told(3, &[]));
    route!(POST "/{p1: Odd}/ba/ba/{rest..}" => told(4, &[&p1, &rest]));
    #[cfg(any())]
    route!("/a{p2: u8}/b/è/{rest..}" if yes(&req) => told(5, &[&p2, &rest]));
    route!(HEAD "/é{p3}è/{rest..}" => told(6, &[&p3, &rest]));
    route!(DELETE "/b/{p3: String}25{p17}/{p23}%" if yes(&req) => told(7, &[&p3, &p17, &p23]));
    route!(ANY "/aa/{p4}" => told(8, &[&p4]));
    route!(HEAD "/a/a/ba" => told(9, &[]));
    #[cfg(any())]
    route!("/{p1: u8}-{p10: Odd}.b/25/ab" => told(10, &[&p1, &p10]));
    route!(GET "/a b" => told(11, &[]));
}

#[server(trailing_slash = redirect)]
async fn table_12(req: Request, res: Response) -> Result {
    route!(POST "/{rest..}" => told(0, &[&rest]));
    #[cfg(test)]
    route!("/{p1}F/a-b" => told(1, &[&p1]));
    #[cfg(test)]
    route!(PUT | HEAD "/{p1}.b/{p8: Odd}-{p18}.b/{p26: String}" => told(2, &[&p1, &p8, &p18, &p26]));
    #[cfg(any())]
    route!("/{p1: u8}/a{p11: u8}" if yes(&req) => told(3, &[&p1, &p11]));
    route!("/{p1: u8}-{p10}/%" if yes(&req) => told(4, &[&p1, &p10]));
    route!(PUT | HEAD "/ab" => told(5, &[]));
    route!(PUT | HEAD "/" => told(6, &[]));
    route!(GET | POST "/2F" => told(7, &[]));
    route!("/{rest..}" => told(8, &[&rest]));
    route!(OPTIONS "/{p1: Odd}F" => told(9, &[&p1]));
    route!(OPTIONS "/{p1: u8}-{p10: u8}/{rest..}" if yes(&req) => told(10, &[&p1, &p10, &rest]));
    #[cfg(test)]
    route!(DELETE "/7/{rest..}" => told(11, &[&rest]));
}

#[server(trailing_slash = redirect)]
async fn table_13(req: Request, res: Response) -> Result {
    route!(PUT | HEAD "/{p1: String}2F/a{p17: u8}/7/{rest..}" if !yes(&req) => told(0, &[&p1, &p17, &rest]));
    route!(POST "/{p1}.b/ab" => told(1, &[&p1]));
    route!("/a" if yes(&req) => told(2, &[]));
    route!("/a{p2: u8}" => told(3, &[&p2]));
    route!(GET "/a{p2}b" if yes(&req) => told(4, &[&p2]));
    route!(GET "/2F/a%" => told(5, &[]));
    route!(POST "/{p1}/è" if yes(&req) => told(6, &[&p1]));
    route!(HEAD "/2F/a.b" if !yes(&req) => told(7, &[]));
    route!("/é/%" => told(8, &[]));
    route!(HEAD "/{p1}/a%/{rest..}" => told(9, &[&p1, &rest]));
    #[cfg(any())]
    route!(HEAD "/{rest..}" if yes(&req) => told(10, &[&rest]));
    route!("/2F/{p4}2F" => told(11, &[&p4]));
}

#[server(trailing_slash = strict)]
async fn table_14(req: Request, res: Response) -> Result {
    route!(PUT | HEAD "/a{p2: String}/{p15: u8}F/{rest..}" => told(0, &[&p2, &p15, &rest]));
    route!(DELETE "/" => told(1, &[]));
    route!("/é{p3: u8}è/a.b/a%/{rest..}" if yes(&req) => told(2, &[&p3, &rest]));
    route!(OPTIONS "/2F/2F/25" => told(3, &[]));
    route!(ANY "/{p1}5" if yes(&req) => told(4, &[&p1]));
    route!("/{p1: u8}/{rest..}" => told(5, &[&p1, &rest]));
    route!(GET | POST "/è/{rest..}" => told(6, &[&rest]));
    route!(GET | POST "/" if !yes(&req) => told(7, &[]));
    route!(HEAD "/{p1}aa{p7}/{p12}/{p18: String}%" => told(8, &[&p1, &p7, &p12, &p18]));
    #[cfg(any())]
    route!("/a" if !yes(&req) => told(9, &[]));
    route!(GET "/" => told(10, &[]));
    route!(OPTIONS "/" if !yes(&req) => told(11, &[]));
}

#[server(trailing_slash = strict)]
async fn table_15(req: Request, res: Response) -> Result {
    route!(PUT | HEAD "/aa/%/a/{rest..}" => told(0, &[&rest]));
    route!(GET | POST "/a%/a/{rest..}" if !yes(&req) => told(1, &[&rest]));
    route!(PUT | HEAD "/{p1}b/a" => told(2, &[&p1]));
    route!("/a/{p3}5/a{p10: u8}a{p20: u8}a/{rest..}" => told(3, &[&p3, &p10, &p20, &rest]));
    route!(POST "/b/{p3: Odd}-{p13: u8}.b/{p25: Odd}" => told(4, &[&p3, &p13, &p25]));
    route!(DELETE "/" if !yes(&req) => told(5, &[]));
    route!(DELETE "/b/é{p5: String}è" => told(6, &[&p5]));
    route!("/{p1: String}aa{p15: u8}/a%/a{p29: u8}a{p39: Odd}a" if yes(&req) => told(7, &[&p1, &p15, &p29, &p39]));
    route!(GET "/{p1: String}25{p15: u8}/ab/a{p29}a{p35: String}a" => told(8, &[&p1, &p15, &p29, &p35]));
    route!("/{p1}-{p6: String}.b/aa" => told(9, &[&p1, &p6]));
    route!(HEAD "/a b/é{p7: u8}è/{p18}-{p24: u8}.b" if !yes(&req) => told(10, &[&p7, &p18, &p24]));
    #[cfg(test)]
    route!("/" => told(11, &[]));
    route!(_ => "fallback");
}

#[server(trailing_slash = strict)]
async fn table_16(req: Request, res: Response) -> Result {
    route!("/" => told(0, &[]));
    route!(ANY "/" => told(1, &[]));
    route!("/{p1}/{p6: String}" if !yes(&req) => told(2, &[&p1, &p6]));
    route!("/a{p2: u8}/{p11: Odd}-{p22: u8}.b" if yes(&req) => told(3, &[&p2, &p11, &p22]));
    route!(ANY "/a/a/{p5}2F/{rest..}" => told(4, &[&p5, &rest]));
    route!(PUT | HEAD "/a{p2: Odd}b/{p13}-{p19: Odd}.b/{p32: Odd}-{p43: String}.b" => told(5, &[&p2, &p13, &p19, &p32, &p43]));
    #[cfg(test)]
    route!(POST "/b" => told(6, &[]));
    route!(GET | POST "/5/2F/é{p8: u8}è" => told(7, &[&p8]));
    route!(DELETE "/{p1: Odd}5" => told(8, &[&p1]));
    route!(HEAD "/a{p2}b/{p8: u8}2F" => told(9, &[&p2, &p8]));
    #[cfg(test)]
    route!(POST "/%" if !yes(&req) => told(10, &[]));
    route!("/5/a{p4}a{p9}a/{p15}/{rest..}" => told(11, &[&p4, &p9, &p15, &rest]));
}

#[server(trailing_slash = redirect)]
async fn table_17(req: Request, res: Response) -> Result {
    route!("/a-b/b" => told(0, &[]));
    route!(ANY "/ab/é{p6}è" => told(1, &[&p6]));
    route!("/25/{p4}2F/aa" => told(2, &[&p4]));
    route!(OPTIONS "/a-b" if !yes(&req) => told(3, &[]));
    route!(PUT | HEAD "/{p1}5/{p7: String}5/a{p22}b" if !yes(&req) => told(4, &[&p1, &p7, &p22]));
    route!("/" if yes(&req) => told(5, &[]));
    #[cfg(any())]
    route!(HEAD "/" => told(6, &[]));
    route!(DELETE "/{rest..}" => told(7, &[&rest]));
    route!(OPTIONS "/{p1: u8}2F" if yes(&req) => told(8, &[&p1]));
    route!(OPTIONS "/a{p2}/{p7: Odd}/ba" => told(9, &[&p2, &p7]));
    route!("/{p1: String}.b/é/5" => told(10, &[&p1]));
    route!(GET | POST "/" if !yes(&req) => told(11, &[]));
}

#[server(trailing_slash = redirect)]
async fn table_18(req: Request, res: Response) -> Result {
    route!(ANY "/{p1: Odd}b/{p12: u8}25{p23: u8}" if !yes(&req) => told(0, &[&p1, &p12, &p23]));
    #[cfg(any())]
    route!(HEAD "/{p1: Odd}-{p11}.b/a.b/{p23}" => told(1, &[&p1, &p11, &p23]));
    route!("/a.b/b/a" => told(2, &[]));
    route!(ANY "/{rest..}" => told(3, &[&rest]));
    route!(_ => "fallback");
}

#[server(trailing_slash = strict)]
async fn table_19(req: Request, res: Response) -> Result {
    #[cfg(any())]
    route!(ANY "/{p1: Odd}/25/a" => told(0, &[&p1]));
    route!("/{p1: u8}25{p11: u8}/{p21}25{p28}/{rest..}" => told(1, &[&p1, &p11, &p21, &p28, &rest]));
    route!("/{rest..}" => told(2, &[&rest]));
    route!(DELETE "/a{p2: String}b" => told(3, &[&p2]));
    route!(PUT | HEAD "/{rest..}" => told(4, &[&rest]));
    route!(ANY "/{p1}-{p6: Odd}.b/7/{p20}" => told(5, &[&p1, &p6, &p20]));
    #[cfg(any())]
    route!(DELETE "/{p1: String}.b" => told(6, &[&p1]));
    route!(POST "/a{p2}" => told(7, &[&p2]));
    route!(GET | POST "/a%/{p4}/a{p10: Odd}b/{rest..}" => told(8, &[&p4, &p10, &rest]));
    #[cfg(test)]
    route!(POST "/{rest..}" => told(9, &[&rest]));
    route!(OPTIONS "/ab/é{p6: u8}è/{p17: String}/{rest..}" if !yes(&req) => told(10, &[&p6, &p17, &rest]));
    route!(DELETE "/5" => told(11, &[]));
}

#[server(trailing_slash = strict)]
async fn table_20(req: Request, res: Response) -> Result {
    route!(OPTIONS "/{p1}/{p6: u8}-{p15}" => told(0, &[&p1, &p6, &p15]));
    route!(PUT | HEAD "/aa/7/7" => told(1, &[]));
    route!(POST "/{p1: String}25{p15: Odd}/é/ba" if yes(&req) => told(2, &[&p1, &p15]));
    #[cfg(any())]
    route!(DELETE "/" if yes(&req) => told(3, &[]));
    #[cfg(any())]
    route!(ANY "/{p1: u8}/{p10}aa{p17: String}" => told(4, &[&p1, &p10, &p17]));
    route!(GET "/%/a.b/a{p8}b" if !yes(&req) => told(5, &[&p8]));
    route!("/{p1: u8}-{p10: Odd}/{p21: Odd}%/{p33}" => told(6, &[&p1, &p10, &p21, &p33]));
    route!(HEAD "/%/{rest..}" => told(7, &[&rest]));
    route!(HEAD "/é{p3: String}è/a" => told(8, &[&p3]));
    route!(GET | POST "/" if !yes(&req) => told(9, &[]));
    route!("/{p1: Odd}/ab/{rest..}" => told(10, &[&p1, &rest]));
    #[cfg(any())]
    route!("/{rest..}" => told(11, &[&rest]));
}

#[server(trailing_slash = strict)]
async fn table_21(req: Request, res: Response) -> Result {
    route!(HEAD "/{p1}b/a{p8: Odd}" => told(0, &[&p1, &p8]));
    route!(POST "/{p1: String}5/a{p16}" => told(1, &[&p1, &p16]));
    route!("/" => told(2, &[]));
    route!("/%/a{p4: String}a{p17: String}a/a{p33}b" => told(3, &[&p4, &p17, &p33]));
    route!(PUT | HEAD "/" if !yes(&req) => told(4, &[]));
    route!(GET | POST "/{p1}.b/{p8}-{p13}" if yes(&req) => told(5, &[&p1, &p8, &p13]));
    route!("/é{p3: u8}è/{p14}-{p20: u8}" => told(6, &[&p3, &p14, &p20]));
    #[cfg(test)]
    route!(POST "/é" if yes(&req) => told(7, &[]));
    route!(GET | POST "/a/a-b" => told(8, &[]));
    route!(PUT | HEAD "/2F/2F" => told(9, &[]));
    route!(OPTIONS "/" => told(10, &[]));
    route!(ANY "/a.b/{p5: Odd}-{p15: String}" if yes(&req) => told(11, &[&p5, &p15]));
}

#[server(trailing_slash = strict)]
async fn table_22(req: Request, res: Response) -> Result {
    route!(DELETE "/a%/ba/a%" if !yes(&req) => told(0, &[]));
    route!(GET | POST "/a{p2: u8}a{p11: Odd}a/{p23}F/{p30: String}.b" => told(1, &[&p2, &p11, &p23, &p30]));
    route!(ANY "/a/é{p5: String}è" => told(2, &[&p5]));
    route!(GET | POST "/è/a%" => told(3, &[]));
    route!(POST "/{rest..}" if yes(&req) => told(4, &[&rest]));
    route!(GET "/" if !yes(&req) => told(5, &[]));
    route!(ANY "/7/ba" => told(6, &[]));
    route!(HEAD "/é/aa" if yes(&req) => told(7, &[]));
    route!(ANY "/%" => told(8, &[]));
    route!(ANY "/{p1}/{p6: String}25{p20: u8}" if !yes(&req) => told(9, &[&p1, &p6, &p20]));
    route!(HEAD "/è/è" => told(10, &[]));
    route!("/" => told(11, &[]));
}

#[server(trailing_slash = ignore)]
async fn table_23(req: Request, res: Response) -> Result {
    route!("/{rest..}" if !yes(&req) => told(0, &[&rest]));
    route!(GET | POST "/{rest..}" => told(1, &[&rest]));
    route!(DELETE "/{p1: u8}/a/{p12: u8}-{p22}.b" => told(2, &[&p1, &p12, &p22]));
    route!(OPTIONS "/{p1: String}2F" => told(3, &[&p1]));
    #[cfg(any())]
    route!(PUT | HEAD "/{p1: Odd}%/a b/{p16: Odd}" => told(4, &[&p1, &p16]));
    route!(PUT | HEAD "/{p1}5" if !yes(&req) => told(5, &[&p1]));
    route!(ANY "/5/b/a{p6: u8}a{p15: u8}a" => told(6, &[&p6, &p15]));
    route!(DELETE "/{p1: u8}/a{p11}a{p17: u8}a/{rest..}" => told(7, &[&p1, &p11, &p17, &rest]));
    route!(PUT | HEAD "/ab/é/{p7: String}-{p20}.b" => told(8, &[&p7, &p20]));
    route!(PUT | HEAD "/{p1}" => told(9, &[&p1]));
    route!(OPTIONS "/è/a{p5: String}/{p18: Odd}b" => told(10, &[&p5, &p18]));
    route!(OPTIONS "/a.b/{p5: String}" if yes(&req) => told(11, &[&p5]));
}

#[server(trailing_slash = strict)]
async fn table_24(req: Request, res: Response) -> Result {
    route!(POST "/" => told(0, &[]));
    route!(GET | POST "/" => told(1, &[]));
    #[cfg(any())]
    route!("/2F/b/{rest..}" => told(2, &[&rest]));
    #[cfg(any())]
    route!(ANY "/ab/ba/aa" if yes(&req) => told(3, &[]));
    route!(ANY "/{p1}/{p6: u8}5" if yes(&req) => told(4, &[&p1, &p6]));
    route!("/ba/{p4: String}aa{p18: String}" => told(5, &[&p4, &p18]));
    route!(ANY "/5" => told(6, &[]));
    route!(HEAD "/{p1}b/a/{rest..}" => told(7, &[&p1, &rest]));
    route!(HEAD "/2F/%/a/{rest..}" => told(8, &[&rest]));
    route!("/{p1}F/{p7: Odd}F/a{p19: Odd}a{p30: u8}a/{rest..}" if yes(&req) => told(9, &[&p1, &p7, &p19, &p30, &rest]));
    route!("/{p1: Odd}aa{p12}" => told(10, &[&p1, &p12]));
    route!(PUT | HEAD "/{p1}25{p7: u8}" => told(11, &[&p1, &p7]));
}

#[server(trailing_slash = ignore)]
async fn table_25(req: Request, res: Response) -> Result {
    route!(HEAD "/" => told(0, &[]));
    route!("/" => told(1, &[]));
    route!("/a/a%" => told(2, &[]));
    #[cfg(any())]
    route!(ANY "/" if !yes(&req) => told(3, &[]));
    route!("/ab/{p4}-{p9: u8}.b/%" if yes(&req) => told(4, &[&p4, &p9]));
    route!("/a{p2: String}a{p15: u8}a" => told(5, &[&p2, &p15]));
    route!(OPTIONS "/{p1}5/{p7: String}/5" if !yes(&req) => told(6, &[&p1, &p7]));
    route!(ANY "/a.b/ba/{p8: u8}5" => told(7, &[&p8]));
    #[cfg(test)]
    route!("/a{p2}a{p7}a/{p13: u8}25{p24: u8}" => told(8, &[&p2, &p7, &p13, &p24]));
    route!(POST "/{p1: String}2F/b/é{p20}è/{rest..}" => told(9, &[&p1, &p20, &rest]));
    route!("/è/é/{rest..}" => told(10, &[&rest]));
    route!(GET | POST "/{p1: String}/{rest..}" => told(11, &[&p1, &rest]));
    route!(_ => "fallback");
}

#[server(trailing_slash = ignore)]
async fn table_26(req: Request, res: Response) -> Result {
    route!(PUT | HEAD "/%/{p3}2F" if yes(&req) => told(0, &[&p3]));
    #[cfg(test)]
    route!(GET | POST "/ab" => told(1, &[]));
    route!("/ba/a-b/{p8}aa{p14: String}" => told(2, &[&p8, &p14]));
    route!("/" if yes(&req) => told(3, &[]));
    route!(PUT | HEAD "/" => told(4, &[]));
    #[cfg(test)]
    route!(DELETE "/" if yes(&req) => told(5, &[]));
    #[cfg(test)]
    route!(GET "/7/a-b/{rest..}" => told(6, &[&rest]));
    route!(GET "/" if !yes(&req) => told(7, &[]));
    route!(GET | POST "/a b/{rest..}" if yes(&req) => told(8, &[&rest]));
    route!("/{rest..}" if !yes(&req) => told(9, &[&rest]));
    route!("/{p1: String}/{p14}-{p20}/è" => told(10, &[&p1, &p14, &p20]));
    route!("/b/2F" if yes(&req) => told(11, &[]));
}

#[server(trailing_slash = ignore)]
async fn table_27(req: Request, res: Response) -> Result {
    route!(GET "/a/{p3}%/{p9}F" => told(0, &[&p3, &p9]));
    route!(POST "/a b" => told(1, &[]));
    route!(OPTIONS "/{p1: String}b" => told(2, &[&p1]));
    route!(ANY "/é/{p4: u8}b" => told(3, &[&p4]));
    route!(OPTIONS "/a.b/{rest..}" => told(4, &[&rest]));
    route!(DELETE "/" => told(5, &[]));
    route!(PUT | HEAD "/{p1: Odd}b/{p12: String}%/{rest..}" if yes(&req) => told(6, &[&p1, &p12, &rest]));
    route!(GET "/{p1: String}-{p14}.b/{p22: u8}" if yes(&req) => told(7, &[&p1, &p14, &p22]));
    route!(GET | POST "/{p1}25{p7}/a%/{p15: String}2F" => told(8, &[&p1, &p7, &p15]));
    route!(GET "/5/{rest..}" if yes(&req) => told(9, &[&rest]));
    route!(OPTIONS "/è" if yes(&req) => told(10, &[]));
    route!(PUT | HEAD "/a%/aa/%" => told(11, &[]));
}

#[server(trailing_slash = ignore)]
async fn table_28(req: Request, res: Response) -> Result {
    route!("/{p1: u8}/{p10: u8}/é{p22: Odd}è" => told(0, &[&p1, &p10, &p22]));
    route!(HEAD "/a.b/{p5: String}5/2F" => told(1, &[&p5]));
    route!("/{p1: u8}.b/{rest..}" => told(2, &[&p1, &rest]));
    route!(OPTIONS "/aa/{p4: String}-{p17: Odd}.b" if yes(&req) => told(3, &[&p4, &p17]));
    route!(HEAD "/é{p3: u8}è/a/2F" => told(4, &[&p3]));
    route!(GET | POST "/{p1: u8}aa{p11: String}/a.b/{p29: Odd}b/{rest..}" => told(5, &[&p1, &p11, &p29, &rest]));
    route!(GET "/{p1: Odd}5" => told(6, &[&p1]));
    route!(POST "/a" if !yes(&req) => told(7, &[]));
    route!(ANY "/a/{p3}.b/a{p11: u8}b/{rest..}" => told(8, &[&p3, &p11, &rest]));
    route!("/{p1}" => told(9, &[&p1]));
    route!("/{rest..}" => told(10, &[&rest]));
    route!(ANY "/" if yes(&req) => told(11, &[]));
}

#[server(trailing_slash = redirect)]
async fn table_29(req: Request, res: Response) -> Result {
    route!(DELETE "/" => told(0, &[]));
    route!(HEAD "/2F/é{p6: u8}è/{p17}aa{p24: Odd}" => told(1, &[&p6, &p17, &p24]));
    route!(HEAD "/{p1: Odd}" => told(2, &[&p1]));
    #[cfg(test)]
    route!("/{rest..}" => told(3, &[&rest]));
    route!(GET | POST "/" if !yes(&req) => told(4, &[]));
    route!(POST "/{p1: Odd}F/ba/a b" if yes(&req) => told(5, &[&p1]));
    route!(GET | POST "/2F/a.b" => told(6, &[]));
    #[cfg(any())]
    route!(ANY "/ab" if yes(&req) => told(7, &[]));
    #[cfg(test)]
    route!(ANY "/a{p2: u8}a{p11}a/a%" => told(8, &[&p2, &p11]));
    route!(GET | POST "/{p1: Odd}2F/a%/{p16}aa{p23}" => told(9, &[&p1, &p16, &p23]));
    route!(POST "/{rest..}" => told(10, &[&rest]));
    route!(OPTIONS "/" if yes(&req) => told(11, &[]));
}

#[server(trailing_slash = ignore)]
async fn table_30(req: Request, res: Response) -> Result {
    route!(HEAD "/" => told(0, &[]));
    #[cfg(any())]
    route!(ANY "/a-b/{p5}/aa" if yes(&req) => told(1, &[&p5]));
    route!(ANY "/{p1}" if yes(&req) => told(2, &[&p1]));
    route!("/" => told(3, &[]));
    route!(ANY "/{p1: Odd}%/2F" => told(4, &[&p1]));
    #[cfg(test)]
    route!(DELETE "/{p1}/{p6}2F" => told(5, &[&p1, &p6]));
    route!("/è/é{p6: String}è" => told(6, &[&p6]));
    route!(PUT | HEAD "/a.b/7" => told(7, &[]));
    route!(DELETE "/" => told(8, &[]));
    route!(GET "/{rest..}" => told(9, &[&rest]));
    route!(DELETE "/a" => told(10, &[]));
    route!(GET | POST "/{p1}/{p6}25{p12: Odd}/b" => told(11, &[&p1, &p6, &p12]));
    route!(_ => "fallback");
}

#[server(trailing_slash = strict)]
async fn table_31(req: Request, res: Response) -> Result {
    route!("/ba" => told(0, &[]));
    route!(GET "/a" => told(1, &[]));
    route!("/" if !yes(&req) => told(2, &[]));
    route!(GET | POST "/é/ba" => told(3, &[]));
    route!(GET "/{p1: Odd}F/{p12}/{rest..}" => told(4, &[&p1, &p12, &rest]));
    route!("/" => told(5, &[]));
    route!("/{p1: Odd}%/{rest..}" => told(6, &[&p1, &rest]));
    route!(GET | POST "/{p1: Odd}2F/{p13}/{p19: u8}.b" => told(7, &[&p1, &p13, &p19]));
    route!(DELETE "/{p1: Odd}/{p11: String}/{p25: Odd}" => told(8, &[&p1, &p11, &p25]));
    route!(ANY "/a{p2}/5" => told(9, &[&p2]));
    route!("/ab" => told(10, &[]));
    route!(HEAD "/a{p2}b/{p8: String}" => told(11, &[&p2, &p8]));
}

#[server(trailing_slash = strict)]
async fn table_32(req: Request, res: Response) -> Result {
    route!(GET "/5/ab/a{p7: String}b" => told(0, &[&p7]));
    #[cfg(any())]
    route!(DELETE "/a%" if !yes(&req) => told(1, &[]));
    route!(DELETE "/" => told(2, &[]));
    route!(OPTIONS "/7/a/{p5: u8}aa{p15}" if !yes(&req) => told(3, &[&p5, &p15]));
    route!(HEAD "/{p1: u8}.b/a.b/{p16}/{rest..}" => told(4, &[&p1, &p16, &rest]));
    #[cfg(test)]
    route!(ANY "/a{p2}a{p7}a/ba" => told(5, &[&p2, &p7]));
    route!(GET | POST "/{p1: u8}-{p10: u8}.b" => told(6, &[&p1, &p10]));
    #[cfg(any())]
    route!(ANY "/a{p2}b" if !yes(&req) => told(7, &[&p2]));
    route!(ANY "/b/ab/{p6: u8}" => told(8, &[&p6]));
    route!(GET "/a/7/b" => told(9, &[]));
    #[cfg(any())]
    route!("/7/é" if !yes(&req) => told(10, &[]));
    #[cfg(any())]
    route!(GET | POST "/{p1: u8}b/{p11: String}aa{p26}/a{p33: Odd}b/{rest..}" if yes(&req) => told(11, &[&p1, &p11, &p26, &p33, &rest]));
    route!(_ => "fallback");
}

#[server(trailing_slash = redirect)]
async fn table_33(req: Request, res: Response) -> Result {
    route!(PUT | HEAD "/{rest..}" => told(0, &[&rest]));
    route!(DELETE "/25" => told(1, &[]));
    #[cfg(any())]
    route!("/b/a%" => told(2, &[]));
    route!(GET "/{p1: Odd}-{p11: String}/{rest..}" => told(3, &[&p1, &p11, &rest]));
    route!(GET "/" if !yes(&req) => told(4, &[]));
    route!(GET "/{p1}/a%/ab" => told(5, &[&p1]));
    route!(OPTIONS "/{p1}2F/a{p9}" if yes(&req) => told(6, &[&p1, &p9]));
    #[cfg(any())]
    route!("/" => told(7, &[]));
    #[cfg(test)]
    route!(OPTIONS "/" => told(8, &[]));
    route!(POST "/a{p2: Odd}a{p12: Odd}a" => told(9, &[&p2, &p12]));
    route!(POST "/{p1: u8}2F/a b/7" => told(10, &[&p1]));
    route!(ANY "/" => told(11, &[]));
}

#[server(trailing_slash = strict)]
async fn table_34(req: Request, res: Response) -> Result {
    route!("/{p1}.b/a.b/{rest..}" if yes(&req) => told(0, &[&p1, &rest]));
    #[cfg(test)]
    route!(ANY "/7/a{p4}a{p9: String}a" if yes(&req) => told(1, &[&p4, &p9]));
    route!(OPTIONS "/{p1}5/a{p8: u8}a{p17}a/a b" => told(2, &[&p1, &p8, &p17]));
    route!(GET "/ba" => told(3, &[]));
    route!(DELETE "/{p1}/ba/{p9: String}-{p22}" => told(4, &[&p1, &p9, &p22]));
    route!(GET "/{p1: String}2F/{rest..}" => told(5, &[&p1, &rest]));
    route!(HEAD "/a{p2}/a.b" => told(6, &[&p2]));
    route!(OPTIONS "/ba/a b" => told(7, &[]));
    route!("/7/a{p4}/a{p10}b" if !yes(&req) => told(8, &[&p4, &p10]));
    route!(PUT | HEAD "/" => told(9, &[]));
    route!("/a{p2: Odd}b/b" if yes(&req) => told(10, &[&p2]));
    route!(HEAD "/a" => told(11, &[]));
}

#[server(trailing_slash = strict)]
async fn table_35(req: Request, res: Response) -> Result {
    route!(POST "/a{p2}b/2F" if yes(&req) => told(0, &[&p2]));
    route!(GET "/a/7/{rest..}" => told(1, &[&rest]));
    route!("/a-b/b" if yes(&req) => told(2, &[]));
    route!(GET | POST "/a{p2: u8}b/{p12: Odd}aa{p24: u8}" => told(3, &[&p2, &p12, &p24]));
    route!(OPTIONS "/" => told(4, &[]));
    route!("/7/è/a" => told(5, &[]));
    route!("/a-b" if yes(&req) => told(6, &[]));
    route!("/" => told(7, &[]));
    route!(PUT | HEAD "/a/{p3}-{p8: Odd}.b/{p20}5" => told(8, &[&p3, &p8, &p20]));
    route!(ANY "/a{p2: Odd}/a/25" if yes(&req) => told(9, &[&p2]));
    route!(GET | POST "/a{p2: String}b/é{p18: String}è/5" => told(10, &[&p2, &p18]));
    route!(OPTIONS "/ab/{p4: u8}aa{p14: String}/{p28}" => told(11, &[&p4, &p14, &p28]));
}

#[server(trailing_slash = redirect)]
async fn table_36(req: Request, res: Response) -> Result {
    route!(GET | POST "/a{p2: String}" if !yes(&req) => told(0, &[&p2]));
    route!(GET | POST "/" if yes(&req) => told(1, &[]));
    route!("/" => told(2, &[]));
    route!(OPTIONS "/%" if yes(&req) => told(3, &[]));
    #[cfg(any())]
    route!("/{rest..}" => told(4, &[&rest]));
    route!(PUT | HEAD "/{p1}/a-b/a{p11: String}" => told(5, &[&p1, &p11]));
    route!("/a.b/ba/{p8}" => told(6, &[&p8]));
    route!(GET | POST "/{p1: String}-{p14: String}.b" => told(7, &[&p1, &p14]));
    route!(HEAD "/a%/a/{rest..}" if yes(&req) => told(8, &[&rest]));
    route!(POST "/{p1: String}25{p15: String}/{p29}aa{p36: String}" if yes(&req) => told(9, &[&p1, &p15, &p29, &p36]));
    route!(ANY "/ba" => told(10, &[]));
    route!(GET "/a%/a/5" => told(11, &[]));
}

#[server(trailing_slash = strict)]
async fn table_37(req: Request, res: Response) -> Result {
    route!(ANY "/" => told(0, &[]));
    route!(PUT | HEAD "/{p1: u8}aa{p11}/25" => told(1, &[&p1, &p11]));
    #[cfg(any())]
    route!("/{p1}" if yes(&req) => told(2, &[&p1]));
    route!(ANY "/{p1: String}b/a.b/{rest..}" => told(3, &[&p1, &rest]));
    route!("/è/{p4}-{p9}/{rest..}" => told(4, &[&p4, &p9, &rest]));
    route!(PUT | HEAD "/5/ab" if !yes(&req) => told(5, &[]));
    route!(GET | POST "/{p1: Odd}-{p11}/{rest..}" if yes(&req) => told(6, &[&p1, &p11, &rest]));
    route!(HEAD "/aa" if yes(&req) => told(7, &[]));
    route!("/a.b/a/aa" if !yes(&req) => told(8, &[]));
    route!(GET "/{p1}25{p7: String}/a{p21: String}b" => told(9, &[&p1, &p7, &p21]));
    route!(HEAD "/a/{p3}5/{p9}F" => told(10, &[&p3, &p9]));
    route!(GET "/a.b" => told(11, &[]));
}

#[server(trailing_slash = strict)]
async fn table_38(req: Request, res: Response) -> Result {
    route!(PUT | HEAD "/{p1: String}b/aa" if !yes(&req) => told(0, &[&p1]));
    route!(HEAD "/é{p3}è/ba/{p13: u8}2F" => told(1, &[&p3, &p13]));
    route!(GET | POST "/{p1}aa{p7: u8}/{p16: String}b/{rest..}" => told(2, &[&p1, &p7, &p16, &rest]));
    route!(HEAD "/{p1: Odd}F/é{p14}è" => told(3, &[&p1, &p14]));
    route!("/ab/b" if !yes(&req) => told(4, &[]));
    route!(GET | POST "/a b/{p5: Odd}/{rest..}" => told(5, &[&p5, &rest]));
    route!(PUT | HEAD "/" => told(6, &[]));
    route!("/25" if !yes(&req) => told(7, &[]));
    route!(OPTIONS "/" => told(8, &[]));
    route!(OPTIONS "/ba" if !yes(&req) => told(9, &[]));
    route!("/" => told(10, &[]));
    route!("/{p1}-{p6}/%/{p13}-{p19}.b/{rest..}" => told(11, &[&p1, &p6, &p13, &p19, &rest]));
}

#[server(trailing_slash = ignore)]
async fn table_39(req: Request, res: Response) -> Result {
    route!("/{p1: Odd}%/{p12: u8}5" => told(0, &[&p1, &p12]));
    route!("/{rest..}" => told(1, &[&rest]));
    #[cfg(test)]
    route!(OPTIONS "/" => told(2, &[]));
    route!(ANY "/" => told(3, &[]));
    route!(GET | POST "/a{p2: Odd}/{p12: u8}F" => told(4, &[&p2, &p12]));
    route!(PUT | HEAD "/a b/é{p7}è/{p14: Odd}%" if yes(&req) => told(5, &[&p7, &p14]));
    route!(PUT | HEAD "/é/é/{p7: Odd}-{p17}.b" => told(6, &[&p7, &p17]));
    route!(POST "/{p1: u8}b/a" if !yes(&req) => told(7, &[&p1]));
    route!(ANY "/{rest..}" => told(8, &[&rest]));
    route!(_ => "fallback");
}

pub(crate) async fn answer(table: usize, req: Request, res: Response) -> Result {
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
