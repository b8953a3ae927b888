/* dissect_ethernet_test.c — frames, tags, LLC. */
#include "client/dissect/dissect_ethernet.h"

#include "packet.h"

static const char arp_request[] =
    "ffffffffffff001122334455080600010800060400010011223344550a00"
    "00010000000000000a000002000000000000000000000000000000000000";
static const char qinq[] =
    "02000000000100112233445588a800078100000508004500002800010000"
    "401166c20a0000010a000002000d115c00140f0e536174204e6f76203231"
    "0d0a";
static const char llc[] = "0200000000010011223344550006424203737470";
static const char snap[] =
    "0200000000010011223344550025aaaa0300000008004500001d00010000"
    "401166cd0a0000010a000002003500350009736f78";

static void
header_ieee_802_3_section_3_2(void **state)
{
	(void)state;
	packet_holds(arp_request, dissect_ethernet,
	    "Ethernet\n"
	    "0+6 Destination ff:ff:ff:ff:ff:ff (broadcast)\n"
	    "6+6 Source 00:11:22:33:44:55 (of its manufacturer)\n"
	    "12+2 Type 0x0806 (ARP)\n"
	    "ARP\n");
}

static void
tags_ieee_802_1q_section_9_6(void **state)
{
	(void)state;
	packet_holds(qinq, dissect_ethernet,
	    "12+2 Type 0x88a8 (service VLAN tag)\n"
	    "VLAN tag\n"
	    "14+2 Tag control 0x0007\n"
	    "* PCP 0 (priority)\n"
	    "* DEI 0 (may be dropped)\n"
	    "* VID 7 (the virtual LAN)\n"
	    "16+2 Type 0x8100 (VLAN tag)\n"
	    "VLAN tag\n"
	    "18+2 Tag control 0x0005\n"
	    "* PCP 0 (priority)\n"
	    "* DEI 0 (may be dropped)\n"
	    "* VID 5 (the virtual LAN)\n"
	    "20+2 Type 0x0800 (IPv4)\n"
	    "IPv4\n");
}

static void
length_and_llc(void **state)
{
	(void)state;
	packet_holds(llc, dissect_ethernet,
	    "12+2 Length 6\n"
	    "LLC\n"
	    "14+1 DSAP 0x42\n"
	    "15+1 SSAP 0x42\n"
	    "16+1 Control 0x03\n"
	    "17+3 Data stp (3 bytes)\n");
	packet_says(llc, dissect_ethernet,
	    "00:11:22:33:44:55 > 02:00:00:00:00:01 LLC DSAP 0x42 SSAP 0x42");
}

static void
snap_rfc_1042(void **state)
{
	(void)state;
	packet_holds(snap, dissect_ethernet,
	    "17+3 Organization 0x000000\n"
	    "20+2 Type 0x0800 (IPv4)\n"
	    "IPv4\n");
}

static void
padding_follows_the_packet(void **state)
{
	(void)state;
	packet_holds(arp_request, dissect_ethernet,
	    "38+4 Target's protocol 10.0.0.2\n"
	    "42+18 Padding 18 bytes\n");
	packet_holds("0200000000010011223344550006424203737470000000000000",
	    dissect_ethernet,
	    "17+3 Data stp (3 bytes)\n"
	    "20+6 Padding 6 bytes\n");
}

static void
unknown_type(void **state)
{
	(void)state;
	packet_says("02000000000100112233445588b5abcd", dissect_ethernet,
	    "00:11:22:33:44:55 > 02:00:00:00:00:01 Ethernet type 0x88b5, 16 "
	    "bytes");
}

static void
cut_header(void **state)
{
	(void)state;
	packet_holds("020000000001", dissect_ethernet,
	    "0+6 ! Ethernet cut off: 6 of 14 bytes are there\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(header_ieee_802_3_section_3_2),
	    cmocka_unit_test(tags_ieee_802_1q_section_9_6),
	    cmocka_unit_test(length_and_llc),
	    cmocka_unit_test(snap_rfc_1042),
	    cmocka_unit_test(padding_follows_the_packet),
	    cmocka_unit_test(unknown_type),
	    cmocka_unit_test(cut_header),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
