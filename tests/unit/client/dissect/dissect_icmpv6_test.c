/* dissect_icmpv6_test.c — messages of ICMPv6 (RFC 4443) and Neighbor Discovery.
 */
#include "client/dissect/dissect_ethernet.h"

#include "packet.h"

static const char icmpv6_echo[] =
    "02000000000100112233445586dd60000000000b3a4020010db800000000"
    "000000000000000120010db800000000000000000000000280005fdf0001"
    "0002616263";
static const char icmpv6_too_big[] =
    "02000000000100112233445586dd6000000000393a4020010db800000000"
    "000000000000000120010db800000000000000000000000202002be80000"
    "0500600000000009114020010db800000000000000000000000120010db8"
    "0000000000000000000000020001000200092c6478";
static const char icmpv6_unreachable[] =
    "02000000000100112233445586dd6000000000443a4020010db800000000"
    "000000000000000120010db800000000000000000000000201043cce0000"
    "0000600000000014064020010db800000000000000000000000120010db8"
    "00000000000000000000000200140050000000000000000050022000340a"
    "0000";
static const char icmpv6_parameter[] =
    "02000000000100112233445586dd6000000000383a4020010db800000000"
    "000000000000000120010db800000000000000000000000204002ec10000"
    "0028600000000008114020010db800000000000000000000000120010db8"
    "000000000000000000000002003500350008a3ff";
static const char mld[] =
    "02000000000100112233445586dd600000000020004020010db800000000"
    "000000000000000120010db80000000000000000000000023a0005020000"
    "01008300213a00000000ff0200000000000000000000000000fb";
static const char nd_solicitation[] =
    "02000000000100112233445586dd6000000000203afffe80000000000000"
    "0000000000000001ff0200000000000000000001ff000002870015ff0000"
    "0000fe8000000000000000000000000000020101001122334455";
static const char nd_advertisement[] =
    "02000000000100112233445586dd6000000000203aff20010db800000000"
    "000000000000000120010db800000000000000000000000288001512a000"
    "0000fe8000000000000000000000000000020201001122334455";
static const char nd_router[] =
    "02000000000100112233445586dd6000000000503aff20010db800000000"
    "000000000000000120010db8000000000000000000000002860054620008"
    "07080000000000000000030440c0ffffffffffffffff0000000020010db8"
    "000000000000000000000000050100000000050019030000ffffffff2001"
    "0db8000000000000000000000053";
static const char nd_redirect[] =
    "02000000000100112233445586dd6000000000283aff20010db800000000"
    "000000000000000120010db800000000000000000000000289001e210000"
    "0000fe800000000000000000000000000002fe8000000000000000000000"
    "00000003";

static void
echo_rfc_4443_section_4_1(void **state)
{
	(void)state;
	packet_holds(icmpv6_echo, dissect_ethernet,
	    "54+1 Type 128 (echo request)\n"
	    "55+1 Code 0\n"
	    "56+2 Checksum 0x5fdf (correct)\n"
	    "58+2 Identifier 1\n"
	    "60+2 Sequence number 2\n"
	    "62+3 Data abc (3 bytes)\n");
	packet_says(icmpv6_echo, dissect_ethernet,
	    "2001:db8::1 > 2001:db8::2 ICMPv6 echo request, id 1, seq 2, 3 "
	    "bytes");
}

static void
errors_rfc_4443_section_3(void **state)
{
	(void)state;
	packet_says(icmpv6_too_big, dissect_ethernet,
	    "2001:db8::1 > 2001:db8::2 ICMPv6 packet too big, MTU 1280: UDP "
	    "[2001:db8::1]:1 → [2001:db8::2]:2");
	packet_says(icmpv6_unreachable, dissect_ethernet,
	    "2001:db8::1 > 2001:db8::2 ICMPv6 port unreachable: TCP "
	    "[2001:db8::1]:20 → [2001:db8::2]:80");
	packet_says(icmpv6_parameter, dissect_ethernet,
	    "2001:db8::1 > 2001:db8::2 ICMPv6 wrong header field at 40: UDP "
	    "[2001:db8::1]:53 → [2001:db8::2]:53");
}

static void
multicast_listener_rfc_2710_section_3(void **state)
{
	(void)state;
	packet_holds(mld, dissect_ethernet,
	    "56+4 Router alert type 5, 4 bytes\n"
	    "60+2 PadN type 1, 2 bytes\n"
	    "ICMPv6\n"
	    "62+1 Type 131 (multicast listener report)\n"
	    "63+1 Code 0\n"
	    "64+2 Checksum 0x213a (correct)\n"
	    "66+2 Maximum response delay 0 ms\n"
	    "68+2 Reserved 0\n"
	    "70+16 Multicast address ff02::fb\n");
}

static void
solicitation_rfc_4861_section_4_3(void **state)
{
	(void)state;
	packet_holds(nd_solicitation, dissect_ethernet,
	    "58+4 Reserved 0\n"
	    "62+16 Target address fe80::2\n"
	    "78+8 Source link-layer address 00:11:22:33:44:55\n");
	packet_says(nd_solicitation, dissect_ethernet,
	    "fe80::1 > ff02::1:ff00:2 ICMPv6 neighbor solicitation, fe80::2");
}

static void
advertisement_rfc_4861_section_4_4(void **state)
{
	(void)state;
	packet_holds(nd_advertisement, dissect_ethernet,
	    "58+4 Flags 0xa0000000\n"
	    "* R 1 (the sender is a router)\n"
	    "* S 0 (solicited)\n"
	    "* O 1 (overrides what was known)\n"
	    "62+16 Target address fe80::2\n"
	    "78+8 Target link-layer address 00:11:22:33:44:55\n");
}

static void
router_rfc_4861_section_4_2(void **state)
{
	(void)state;
	packet_holds(nd_router, dissect_ethernet,
	    "58+1 Current hop limit 0\n"
	    "59+1 Flags 0x08\n"
	    "* M 0 (addresses by DHCPv6)\n"
	    "* O 0 (the rest by DHCPv6)\n"
	    "60+2 Router lifetime 1800 s\n"
	    "62+4 Reachable time 0 ms\n"
	    "66+4 Retransmission timer 0 ms\n"
	    "70+32 Prefix information 2001:db8::/64, valid for 4294967295 s\n"
	    "102+8 MTU 1280\n"
	    "110+24 Recursive DNS server 2001:db8::53 for 4294967295 s\n");
}

static void
redirect_rfc_4861_section_4_5(void **state)
{
	(void)state;
	packet_holds(nd_redirect, dissect_ethernet,
	    "62+16 Target address fe80::2\n"
	    "78+16 Destination address fe80::3\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(echo_rfc_4443_section_4_1),
	    cmocka_unit_test(errors_rfc_4443_section_3),
	    cmocka_unit_test(multicast_listener_rfc_2710_section_3),
	    cmocka_unit_test(solicitation_rfc_4861_section_4_3),
	    cmocka_unit_test(advertisement_rfc_4861_section_4_4),
	    cmocka_unit_test(router_rfc_4861_section_4_2),
	    cmocka_unit_test(redirect_rfc_4861_section_4_5),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
