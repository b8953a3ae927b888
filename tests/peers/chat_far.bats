# chat_far.bats: the chat by datagrams of neighbours and of strangers, behind a
# wire, as it is by default.
load ../bats/helper
load netns

export PYTHONPATH=$BATS_TEST_DIRNAME/../bats
export PYTHONDONTWRITEBYTECODE=1

setup() {
	netlabd_setup
	netns_setup
	netns_setup_wire
}

@test "TIME 50: neighbours join by a name; strangers prove their address before" {
	netlabd_config <<-CONFIG
		$(netlabd_user)
		lab { chat = { "0.0.0.0:31621", "[::]:31621" } }
	CONFIG
	netlabd_start
	outside python3 - <<'PYTHON'
from chat_people import Peer

us, us6 = "192.0.2.1", "2001:db8::1"
near = Peer(31621, us, "192.0.2.10").say("near\n")
near.expect("* welcome to netlabd, near: ")
near6 = Peer(31621, us6, "2001:db8::11").say("near6")
assert near6.hear() == "netlabd"
near6.expect("* welcome")
near.expect("* near6 has joined #lobby\n")

for server, stranger, name in (us, "198.51.100.10", "far"), (us6, "2001:db8:1::10", "far6"):
    far = Peer(31621, server, stranger)
    for said, heard in ("x\n", "!\n"), ("a name of 12", "! too short\n"):
        assert far.say(said).hear() == heard
    cookie = far.say(f"{name:39}").hear()
    assert cookie.startswith("! to join, send: /cookie ") and len(cookie) == 39, cookie
    far.say(f"/cookie {cookie.split()[5]} {name}\n").expect("* welcome")
    near.expect(f"* {name} has joined #lobby\n")
    # Longer than what it sends, now that it is known to be there.
    far.say("/help\n").expect("* /quit ")
    near.say("hello, all of you")
    far.expect("<near> hello, all of you\n")

# Neighbours, too, are eight of an address; and they may not talk too fast.
crowd = [Peer(31621, us, "192.0.2.12").say(f"p{i}\n") for i in range(9)]
for peer in crowd[:8]:
    peer.expect("* welcome")
crowd[8].expect("! too many from your address\n")
for _ in range(30):
    near6.say("me! me!")
near6.expect("! slow down")
near6.expect("! too fast\n")
near.expect("* near6 has left #lobby: too fast\n")

PYTHON
}
