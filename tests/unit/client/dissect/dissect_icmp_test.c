/* dissect_icmp_test.c — messages of ICMP (RFC 792). */
#include "client/dissect/dissect_ethernet.h"

#include "packet.h"

static const char icmp_echo[] =
    "02000000000100112233445508004500002400010000400166d60a000001"
    "0a00000208006662000700016162636465666768";
static const char icmp_unreachable[] =
    "02000000000100112233445508004500005400010000400166a60a000001"
    "0a00000203031135000000004500003800010000401166b20a0000010a00"
    "000203e800350024af1024bd0100000100000000000006676f6f676c6503"
    "636f6d0000010001";
static const char icmp_quoted_tcp[] =
    "02000000000100112233445508004500003800010000400166c20a000001"
    "0a0000020b00f4fc000000004500002800010000400666cd0a0000010a00"
    "00020001000200000000";
static const char icmp_redirect[] =
    "02000000000100112233445508004500003800010000400166c20a000001"
    "0a0000020501f0f50a0000094500001c00010000400166de0a0000010a00"
    "00020800f7ff00000000";
static const char icmp_parameter[] =
    "02000000000100112233445508004500003800010000400166c20a000001"
    "0a0000020c00dfff140000004500001c00010000400166de0a0000010a00"
    "00020800f7ff00000000";
static const char icmp_timestamp[] =
    "02000000000100112233445508004500002800010000400166d20a000001"
    "0a0000020d00f2f900000000000000010000000200000003";
static const char icmp_too_big[] =
    "02000000000100112233445508004500003800010000400166c20a000001"
    "0a00000203040ba0000005784500001c00010000401166ce0a0000010a00"
    "0002003500350008eb71";

static void
echo_rfc_792(void **state)
{
	(void)state;
	packet_holds(icmp_echo, dissect_ethernet,
	    "ICMP\n"
	    "34+1 Type 8 (echo request)\n"
	    "35+1 Code 0\n"
	    "36+2 Checksum 0x6662 (correct)\n"
	    "38+2 Identifier 7\n"
	    "40+2 Sequence number 1\n"
	    "42+8 Data abcdefgh (8 bytes)\n");
	packet_says(icmp_echo, dissect_ethernet,
	    "10.0.0.1 > 10.0.0.2 ICMP echo request, id 7, seq 1, 8 bytes");
}

static void
error_with_a_whole_packet(void **state)
{
	(void)state;
	packet_holds(icmp_unreachable, dissect_ethernet,
	    "34+1 Type 3 (unreachable)\n"
	    "35+1 Code 3 (port unreachable)\n"
	    "36+2 Checksum 0x1135 (correct)\n"
	    "38+4 Unused 0\n"
	    "The packet that it is about\n"
	    "IPv4\n");
	packet_holds(icmp_unreachable, dissect_ethernet,
	    "68+2 Checksum 0xaf10 (correct)\n"
	    "DNS message\n");
	packet_says(icmp_unreachable, dissect_ethernet,
	    "10.0.0.1 > 10.0.0.2 ICMP port unreachable: DNS 10.0.0.1:1000 → "
	    "10.0.0.2:53");
}

static void
error_with_eight_bytes_of_tcp(void **state)
{
	(void)state;
	packet_holds(icmp_quoted_tcp, dissect_ethernet,
	    "TCP\n"
	    "62+2 Source port 1\n"
	    "64+2 Destination port 2\n"
	    "66+4 Sequence number 0\n");
	packet_says(icmp_quoted_tcp, dissect_ethernet,
	    "10.0.0.1 > 10.0.0.2 ICMP time exceeded, time to live exceeded: "
	    "TCP 10.0.0.1:1 → 10.0.0.2:2");
}

static void
other_errors(void **state)
{
	(void)state;
	packet_holds(
	    icmp_redirect, dissect_ethernet, "38+4 Gateway 10.0.0.9\n");
	packet_holds(icmp_parameter, dissect_ethernet,
	    "38+1 Pointer 20\n"
	    "39+3 Unused 000000\n");
	packet_holds(icmp_too_big, dissect_ethernet,
	    "38+2 Unused 0\n"
	    "40+2 Next-hop MTU 1400\n");
}

static void
timestamps(void **state)
{
	(void)state;
	packet_holds(icmp_timestamp, dissect_ethernet,
	    "42+4 Originate 1 ms of the day\n"
	    "46+4 Receive 2 ms of the day\n"
	    "50+4 Transmit 3 ms of the day\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(echo_rfc_792),
	    cmocka_unit_test(error_with_a_whole_packet),
	    cmocka_unit_test(error_with_eight_bytes_of_tcp),
	    cmocka_unit_test(other_errors),
	    cmocka_unit_test(timestamps),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
