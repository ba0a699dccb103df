use onward::bridge::{Bridge, Memory};
use onward::events::Emitter;

onward::events! { ShopEvents { Sold(u32) } }

fn main() {
    let shop: Emitter<ShopEvents> = Emitter::new();
    let bridge = Bridge::over(Memory::new()).carry(&shop, Solld);
    bridge.emit(Soled, &7);
}
