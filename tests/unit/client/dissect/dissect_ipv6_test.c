/* dissect_ipv6_test.c — packets of IPv6 (RFC 8200) and their headers. */
#include "client/dissect/dissect_ethernet.h"
#include "client/dissect/dissect_link.h"

#include "packet.h"

static const char ipv6_headers[] =
    "02000000000100112233445586dd600000000060004020010db800000000"
    "000000000000000120010db80000000000000000000000022b0001040000"
    "00003c0200010000000020010db800000000000000000000000911000104"
    "00000000007b007b00385a9d23020a0000000000000000007f0000010000"
    "000000000000eeac7fdadfacd0000000000000000000eeac7fdadfae3000";
static const char ipv6_fragment[] =
    "02000000000100112233445586dd6000000000132c4020010db800000000"
    "000000000000000120010db8000000000000000000000002110000010000"
    "000000050006000bdff5616263";
static const char ipv6_fragment2[] =
    "02000000000100112233445586dd6000000000102c4020010db800000000"
    "000000000000000120010db8000000000000000000000002110003200000"
    "00006162636465666768";

static void
header_rfc_8200_section_3(void **state)
{
	(void)state;
	packet_holds(ipv6_headers, dissect_ethernet,
	    "IPv6\n"
	    "14+4 Version, class, label 0x60000000\n"
	    "* Version 6\n"
	    "* DSCP 0\n"
	    "* ECN 0 (not capable of it)\n"
	    "* Flow label 0x00000\n"
	    "18+2 Payload length 96\n"
	    "20+1 Next header 0 (hop-by-hop options)\n"
	    "21+1 Hop limit 64 (routers that may still forward it)\n"
	    "22+16 Source 2001:db8::1\n"
	    "38+16 Destination 2001:db8::2\n"
	    "Hop-by-hop options\n");
}

static void
extension_headers_rfc_8200_section_4(void **state)
{
	(void)state;
	packet_holds(ipv6_headers, dissect_ethernet,
	    "Hop-by-hop options\n"
	    "54+1 Next header 43 (routing)\n"
	    "55+1 Header length 0 (8 bytes)\n"
	    "56+6 PadN type 1, 6 bytes\n"
	    "Routing header\n"
	    "62+1 Next header 60 (destination options)\n"
	    "63+1 Header length 2 (24 bytes)\n"
	    "64+1 Routing type 0\n"
	    "65+1 Segments left 1\n"
	    "66+20 Route 20 bytes\n"
	    "Destination options\n"
	    "86+1 Next header 17 (UDP)\n"
	    "87+1 Header length 0 (8 bytes)\n"
	    "88+6 PadN type 1, 6 bytes\n"
	    "UDP\n");
	packet_says(ipv6_headers, dissect_ethernet,
	    "[2001:db8::1]:123 > [2001:db8::2]:123 NTP v4 client");
}

static void
source_route_has_another_checksum_rfc_8200_section_8_1(void **state)
{
	(void)state;
	packet_holds(ipv6_headers, dissect_ethernet,
	    "100+2 Checksum 0x5a9d (not verified: the packet is on a source "
	    "route)\n");
}

static void
fragments_rfc_8200_section_4_5(void **state)
{
	(void)state;
	packet_holds(ipv6_fragment, dissect_ethernet,
	    "54+1 Next header 17 (UDP)\n"
	    "55+1 Reserved 0\n"
	    "56+2 Offset and M 0x0001\n"
	    "* Offset 0\n"
	    "* M 1 (more fragments follow)\n");
	packet_says(ipv6_fragment2, dissect_ethernet,
	    "2001:db8::1 > 2001:db8::2 IPv6 fragment of UDP at 800, 8 bytes");
}

static void
length_unset_and_too_long(void **state)
{
	(void)state;
	packet_holds("60000000 0000 3b 40 fe800000000000000000000000000001 "
	             "fe800000000000000000000000000002 61",
	    dissect_link_raw,
	    "4+2 Payload length 0 (not set: longer than 65535, or cut by the "
	    "network card)\n");
	packet_holds("60000000 0009 3b 40 fe800000000000000000000000000001 "
	             "fe800000000000000000000000000002 61",
	    dissect_link_raw,
	    "4+2 Payload length 9 (8 bytes of it are missing)\n");
}

static void
cut_header_is_bad(void **state)
{
	(void)state;
	packet_holds("60000000 0009 00 40 fe800000000000000000000000000001 "
	             "fe800000000000000000000000000002 3b04050200000100 00",
	    dissect_link_raw,
	    "40+9 ! Hop-by-hop options cut off: 9 of 40 bytes are there\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(header_rfc_8200_section_3),
	    cmocka_unit_test(extension_headers_rfc_8200_section_4),
	    cmocka_unit_test(
	        source_route_has_another_checksum_rfc_8200_section_8_1),
	    cmocka_unit_test(fragments_rfc_8200_section_4_5),
	    cmocka_unit_test(length_unset_and_too_long),
	    cmocka_unit_test(cut_header_is_bad),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
