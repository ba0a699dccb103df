use onward::bridge::{Bridge, Memory};
use onward::events::Emitter;

onward::events! { ShopEvents { Sold(u32) } }
onward::events! { DoorEvents { Opened } }

fn main() {
    let shop: Emitter<ShopEvents> = Emitter::new();
    let bridge = Bridge::over(Memory::new()).carry(&shop, Opened);
    bridge.emit("Sold", &7);
    bridge.emit(Sold, "seven");
    bridge.on(Sold, |_| {});
}
