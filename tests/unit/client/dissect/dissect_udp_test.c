/* dissect_udp_test.c — datagrams of UDP (RFC 768) and their checksums. */
#include "client/dissect/dissect_link.h"

#include "packet.h"

static void
correct_and_wrong_checksum(void **state)
{
	(void)state;
	packet_holds("4500001d 00000000 4011 0000 0a000001 0a000002 00010002 "
	             "0009 73d6 78",
	    dissect_link_raw, "26+2 Checksum 0x73d6 (correct)\n");
	packet_holds("4500001d 00000000 4011 0000 0a000001 0a000002 00010002 "
	             "0009 73d5 78",
	    dissect_link_raw,
	    "26+2 Checksum 0x73d5 (wrong: 0x73d6 would be correct)\n");
}

static void
checksum_left_to_the_network_card(void **state)
{
	(void)state;
	packet_holds("4500001d 00000000 4011 0000 0a000001 0a000002 00010002 "
	             "0009 141d 78",
	    dissect_link_raw,
	    "26+2 Checksum 0x141d (not set by the sender's kernel "
	    "(offloaded))\n");
}

static void
no_checksum_rfc_768_and_rfc_8200_section_8_1(void **state)
{
	(void)state;
	packet_holds("4500001d 00000000 4011 0000 0a000001 0a000002 00010002 "
	             "0009 0000 78",
	    dissect_link_raw,
	    "20+2 Source port 1\n"
	    "22+2 Destination port 2\n"
	    "24+2 Length 9 (the header and 1 more)\n"
	    "26+2 Checksum 0x0000 (none: the sender made no checksum)\n"
	    "28+1 Data x (1 byte)\n");
	packet_holds("60000000 0008 11 40 fe800000000000000000000000000001 "
	             "fe800000000000000000000000000002 00010002 0008 0000",
	    dissect_link_raw,
	    "46+2 Checksum 0x0000 (none: IPv6 asks for one)\n");
}

static void
length_shorter_than_the_packet(void **state)
{
	(void)state;
	packet_holds("4500001e 00000000 4011 0000 0a000001 0a000002 00010002 "
	             "0009 0000 7879",
	    dissect_link_raw,
	    "28+1 Data x (1 byte)\n"
	    "29+1 After the datagram y (1 byte)\n");
}

static void
lengths_that_cannot_be(void **state)
{
	(void)state;
	packet_holds(
	    "4500001c 00000000 4011 0000 0a000001 0a000002 00010002 0007 0000",
	    dissect_link_raw, "20+8 ! UDP a length of 7, 8 is the least\n");
	packet_holds(
	    "4500001b 00000000 4011 0000 0a000001 0a000002 00010002 000700",
	    dissect_link_raw, "20+7 ! UDP cut off: 7 of 8 bytes are there\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(correct_and_wrong_checksum),
	    cmocka_unit_test(checksum_left_to_the_network_card),
	    cmocka_unit_test(no_checksum_rfc_768_and_rfc_8200_section_8_1),
	    cmocka_unit_test(length_shorter_than_the_packet),
	    cmocka_unit_test(lengths_that_cannot_be),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
