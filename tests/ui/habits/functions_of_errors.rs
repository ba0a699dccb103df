use onward::prelude::*;

fn find(id: u32) -> Result<u32> {
    if id == 0 {
        return Err(Error::unauthorized("sign in first"));
    }
    Err(Error::conflict("taken"))
}

fn main() {}
