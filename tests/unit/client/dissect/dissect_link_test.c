/* dissect_link_test.c — what packets begin with where they were captured. */
#include "client/dissect/dissect_link.h"

#include "packet.h"

static const char cooked2[] =
    "080000000000000103040006000000000000000045000038000100004011"
    "66b20a0000010a00000214e9003500249e0f24bd01000001000000000000"
    "06676f6f676c6503636f6d0000010001";
static const char cooked[] =
    "000003040006000000000000000008004500003800010000401166b20a00"
    "00010a00000214e9003500249e0f24bd0100000100000000000006676f6f"
    "676c6503636f6d0000010001";
static const char loopback[] =
    "020000004500003800010000401166b20a0000010a00000214e900350024"
    "9e0f24bd0100000100000000000006676f6f676c6503636f6d0000010001";
static const char loopback6[] =
    "0000001e600000000024114020010db80000000000000000000000012001"
    "0db80000000000000000000000020035003500246b5124bd010000010000"
    "0000000006676f6f676c6503636f6d0000010001";
static const char raw[] =
    "4500003800010000401166b20a0000010a00000214e9003500249e0f24bd"
    "0100000100000000000006676f6f676c6503636f6d0000010001";

static void
cooked_v2(void **state)
{
	(void)state;
	packet_holds(cooked2, dissect_link_cooked2,
	    "Linux cooked capture v2\n"
	    "0+2 Protocol 0x0800 (IPv4)\n"
	    "2+2 Reserved 0x0000\n"
	    "4+4 Interface index 1\n"
	    "8+2 Hardware type 772 (loopback)\n"
	    "10+1 Packet type 0 (to this host)\n"
	    "11+1 Address length 6\n"
	    "12+8 Source address 00:00:00:00:00:00\n"
	    "IPv4\n");
	packet_says(cooked2, dissect_link_cooked2,
	    "10.0.0.1:5353 > 10.0.0.2:53 DNS query 0x24bd google.com. A");
}

static void
cooked_v1(void **state)
{
	(void)state;
	packet_holds(cooked, dissect_link_cooked,
	    "Linux cooked capture\n"
	    "0+2 Packet type 0 (to this host)\n"
	    "2+2 Hardware type 772 (loopback)\n"
	    "4+2 Address length 6\n"
	    "6+8 Source address 00:00:00:00:00:00\n"
	    "14+2 Protocol 0x0800 (IPv4)\n"
	    "IPv4\n");
	packet_says(cooked, dissect_link_cooked,
	    "10.0.0.1:5353 > 10.0.0.2:53 DNS query 0x24bd google.com. A");
}

static void
cooked_address_longer_than_its_place(void **state)
{
	(void)state;
	packet_holds("0800 0000 00000001 0304 04 ff 0102030405060708",
	    dissect_link_cooked2,
	    "10+1 Packet type 4 (from this host)\n"
	    "11+1 Address length 255\n"
	    "12+8 Source address 01:02:03:04:05:06:07:08\n");
}

static void
loopback_of_both_byte_orders(void **state)
{
	(void)state;
	packet_holds(loopback, dissect_link_loopback,
	    "Loopback\n"
	    "0+4 Address family 2 (IPv4)\n"
	    "IPv4\n");
	packet_says(loopback6, dissect_link_loopback,
	    "[2001:db8::1]:53 > [2001:db8::2]:53 DNS query 0x24bd google.com. "
	    "A");
}

static void
raw_packets(void **state)
{
	(void)state;
	packet_says(raw, dissect_link_raw,
	    "10.0.0.1:5353 > 10.0.0.2:53 DNS query 0x24bd google.com. A");
	packet_says("50", dissect_link_raw, " >  IP not a packet");
	packet_holds("", dissect_link_raw, "0+0 ! IP nothing is there\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(cooked_v2),
	    cmocka_unit_test(cooked_v1),
	    cmocka_unit_test(cooked_address_longer_than_its_place),
	    cmocka_unit_test(loopback_of_both_byte_orders),
	    cmocka_unit_test(raw_packets),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
