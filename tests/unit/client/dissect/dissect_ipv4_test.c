/* dissect_ipv4_test.c — packets of IPv4 (RFC 791). */
#include "client/dissect/dissect_ethernet.h"
#include "client/dissect/dissect_link.h"

#include "packet.h"

static const char ip_options[] =
    "020000000001001122334455080047000024000100004011552f0a000001"
    "0a0000020703049404000000000100020008ebd8";
static const char ip_fragment[] =
    "02000000000100112233445508004500001f00012000401146cb0a000001"
    "0a000002000500060bb8eda378797a";
static const char ip_fragment2[] =
    "020000000001001122334455080045000017000100644011666f0a000001"
    "0a00000278797a";
static const char ipip[] =
    "020000000001001122334455080045000059000100004004669e0a000001"
    "0a00000245000045000100004029748a0101010102020202600000000009"
    "114020010db800000000000000000000000120010db80000000000000000"
    "000000020009000a00092c5478";
static const char raw_cut[] =
    "4500003800010000401166b20a0000010a00000214e9003500249e0f24bd"
    "01000001000000000000";

static void
header_rfc_791_section_3_1(void **state)
{
	(void)state;
	packet_holds(raw_cut, dissect_link_raw,
	    "IPv4\n"
	    "0+1 Version and IHL 0x45\n"
	    "* Version 4\n"
	    "* IHL 5 (a header of 20 bytes)\n"
	    "1+1 Traffic class 0x00\n"
	    "* DSCP 0\n"
	    "* ECN 0 (not capable of it)\n"
	    "2+2 Total length 56 (16 bytes of it are missing)\n"
	    "4+2 Identification 0x0001\n"
	    "6+2 Flags and offset 0x0000\n"
	    "* DF 0 (may be fragmented)\n"
	    "* MF 0 (the last fragment)\n"
	    "* Offset 0\n"
	    "8+1 Time to live 64 (routers that may still forward it)\n"
	    "9+1 Protocol 17 (UDP)\n"
	    "10+2 Checksum 0x66b2 (correct)\n"
	    "12+4 Source 10.0.0.1\n"
	    "16+4 Destination 10.0.0.2\n"
	    "UDP\n");
}

static void
wrong_checksum(void **state)
{
	(void)state;
	packet_holds("45000014 00000000 40ff 1234 0a000001 0a000002",
	    dissect_link_raw,
	    "10+2 Checksum 0x1234 (wrong: 0x65e9 would be correct)\n");
}

static void
options(void **state)
{
	(void)state;
	packet_holds(ip_options, dissect_ethernet,
	    "30+4 Destination 10.0.0.2\n"
	    "34+3 Record route type 7, 3 bytes\n"
	    "37+4 Router alert type 148, 4 bytes\n"
	    "41+1 End of options type 0, 1 byte\n"
	    "UDP\n");
	packet_holds("46000018 00000000 40ff 0000 0a000001 0a000002 07090000",
	    dissect_link_raw, "20+4 ! Options the length is wrong\n");
}

static void
fragments(void **state)
{
	(void)state;
	packet_says(ip_fragment, dissect_ethernet,
	    "10.0.0.1:5 > 10.0.0.2:6 UDP 3 bytes");
	packet_holds(ip_fragment, dissect_ethernet,
	    "38+2 Length 3000 (2989 bytes of it are missing)\n"
	    "40+2 Checksum 0xeda3 (not verified: the packet is in fragments)\n"
	    "42+3 Data xyz (3 bytes)\n");
	packet_says(ip_fragment2, dissect_ethernet,
	    "10.0.0.1 > 10.0.0.2 IPv4 fragment of UDP at 800, 3 bytes");
	packet_holds(
	    ip_fragment2, dissect_ethernet, "34+3 Fragment xyz (3 bytes)\n");
}

static void
tunnels(void **state)
{
	(void)state;
	packet_holds(ipip, dissect_ethernet, "43+1 Protocol 41 (IPv6)\n");
	packet_says(ipip, dissect_ethernet,
	    "[2001:db8::1]:9 > [2001:db8::2]:10 discard x");
}

static void
lengths_that_cannot_be(void **state)
{
	(void)state;
	packet_holds("44000014 00000000 40ff 0000 0a000001 0a000002",
	    dissect_link_raw,
	    "0+20 ! IPv4 a header of 16 bytes, 20 is the least\n");
	packet_holds("45000013 00000000 40ff 0000 0a000001 0a000002 00",
	    dissect_link_raw,
	    "20+1 ! Payload the total length ends in the header\n");
	packet_holds("4f000014 00000000 40ff 0000 0a000001 0a000002",
	    dissect_link_raw,
	    "0+20 ! IPv4 cut off: 20 of 60 bytes are there\n");
}

static void
total_length_left_to_the_network_card(void **state)
{
	(void)state;
	packet_holds("45000000 00000000 40ff 0000 0a000001 0a000002 616263",
	    dissect_link_raw,
	    "2+2 Total length 0 (not set: the network card cuts the packet "
	    "into pieces)\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(header_rfc_791_section_3_1),
	    cmocka_unit_test(wrong_checksum),
	    cmocka_unit_test(options),
	    cmocka_unit_test(fragments),
	    cmocka_unit_test(tunnels),
	    cmocka_unit_test(lengths_that_cannot_be),
	    cmocka_unit_test(total_length_left_to_the_network_card),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
