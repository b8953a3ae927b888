/* dissect_tcp_test.c — segments of TCP (RFC 9293) and their options. */
#include "client/dissect/dissect_ethernet.h"
#include "client/dissect/dissect_link.h"

#include "packet.h"

static const char tcp_syn[] =
    "02000000000100112233445508004500003c00010000400666b90a000001"
    "0a0000029c4000500000006400000000a002200077080000020405b40402"
    "080a000000010000000001030307";
static const char tcp_sack[] =
    "02000000000100112233445508004500004000010000400666b50a000001"
    "0a0000029c4000500000000000000000b0102000790c0000010105120000"
    "000100000002000000030000000400000000";

static void
header_rfc_9293_section_3_1(void **state)
{
	(void)state;
	packet_holds(tcp_syn, dissect_ethernet,
	    "TCP\n"
	    "34+2 Source port 40000\n"
	    "36+2 Destination port 80 (HTTP)\n"
	    "38+4 Sequence number 100\n"
	    "42+4 Acknowledgment 0 (none: ACK is not set)\n"
	    "46+2 Offset and flags 0xa002 (SYN)\n"
	    "* Data offset 10 (a header of 40 bytes)\n"
	    "* SYN 1 (a connection begins)\n"
	    "48+2 Window 8192 (bytes that may be sent, unscaled)\n"
	    "50+2 Checksum 0x7708 (correct)\n"
	    "52+2 Urgent pointer 0\n");
	packet_says(tcp_syn, dissect_ethernet,
	    "10.0.0.1:40000 > 10.0.0.2:80 TCP SYN, seq 100, window 8192");
}

static void
options_rfc_9293_section_3_2(void **state)
{
	(void)state;
	packet_holds(tcp_syn, dissect_ethernet,
	    "54+4 Maximum segment size 1460 (bytes of a segment at most)\n"
	    "58+2 SACK permitted kind 4, 2 bytes\n"
	    "60+10 Timestamps 1, echoes 0\n"
	    "70+1 No operation kind 1, 1 byte\n"
	    "71+3 Window scale 7 (windows count 128 times)\n");
	packet_holds(tcp_sack, dissect_ethernet,
	    "56+18 SACK 1-2 3-4 (came although bytes before are missing)\n"
	    "74+4 End of options kind 0, 4 bytes\n");
}

static void
all_flags_have_names(void **state)
{
	(void)state;
	packet_says("45000028 00000000 4006 0000 0a000001 0a000002 00010002 "
	            "00000003 00000004 51ff 0000 0000 0000",
	    dissect_link_raw,
	    "10.0.0.1:1 > 10.0.0.2:2 TCP FIN SYN RST PSH ACK URG ECE CWR AE, "
	    "seq 3, ack 4, window 0");
	packet_says("45000028 00000000 4006 0000 0a000001 0a000002 00010002 "
	            "00000003 00000004 5000 0000 0000 0000",
	    dissect_link_raw,
	    "10.0.0.1:1 > 10.0.0.2:2 TCP no flags, seq 3, window 0");
}

static void
lengths_that_cannot_be(void **state)
{
	(void)state;
	packet_holds("45000028 00000000 4006 0000 0a000001 0a000002 00010002 "
	             "00000003 00000004 4000 0000 0000 0000",
	    dissect_link_raw,
	    "20+20 ! TCP a header of 16 bytes, 20 is the least\n");
	packet_holds("4500002c 00000000 4006 0000 0a000001 0a000002 00010002 "
	             "00000003 00000004 6000 0000 0000 0000 02060000",
	    dissect_link_raw, "40+4 ! Options the length is wrong\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(header_rfc_9293_section_3_1),
	    cmocka_unit_test(options_rfc_9293_section_3_2),
	    cmocka_unit_test(all_flags_have_names),
	    cmocka_unit_test(lengths_that_cannot_be),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
