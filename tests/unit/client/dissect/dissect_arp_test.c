/* dissect_arp_test.c — who has an address (RFC 826). */
#include "client/dissect/dissect_ethernet.h"

#include "packet.h"

static const char arp_request[] =
    "ffffffffffff001122334455080600010800060400010011223344550a00"
    "00010000000000000a000002000000000000000000000000000000000000";
static const char arp_reply[] =
    "020000000001001122334455080600010800060400020200000000010a00"
    "00020011223344550a000001";

static void
request_rfc_826(void **state)
{
	(void)state;
	packet_holds(arp_request, dissect_ethernet,
	    "ARP\n"
	    "14+2 Hardware type 1 (Ethernet)\n"
	    "16+2 Protocol type 0x0800 (IPv4)\n"
	    "18+1 Hardware length 6\n"
	    "19+1 Protocol length 4\n"
	    "20+2 Operation 1 (request)\n"
	    "22+6 Sender's hardware 00:11:22:33:44:55\n"
	    "28+4 Sender's protocol 10.0.0.1\n"
	    "32+6 Target's hardware 00:00:00:00:00:00\n"
	    "38+4 Target's protocol 10.0.0.2\n");
	packet_says(arp_request, dissect_ethernet,
	    "00:11:22:33:44:55 > ff:ff:ff:ff:ff:ff ARP who has 10.0.0.2? tell "
	    "10.0.0.1");
}

static void
reply(void **state)
{
	(void)state;
	packet_says(arp_reply, dissect_ethernet,
	    "00:11:22:33:44:55 > 02:00:00:00:00:01 ARP 10.0.0.2 is at "
	    "02:00:00:00:00:01");
}

static void
lengths_say_more_than_there_is(void **state)
{
	(void)state;
	packet_holds(
	    "ffffffffffff0011223344550806 0001 0800 ff ff 0001 00112233",
	    dissect_ethernet,
	    "14+12 ! ARP cut off: 12 of 1028 bytes are there\n");
}

static void
no_lengths_at_all(void **state)
{
	(void)state;
	packet_holds("ffffffffffff0011223344550806 0001 0800 00 00 0009",
	    dissect_ethernet,
	    "20+2 Operation 9 (not known)\n"
	    "22+0 Sender's hardware\n"
	    "22+0 Sender's protocol\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(request_rfc_826),
	    cmocka_unit_test(reply),
	    cmocka_unit_test(lengths_say_more_than_there_is),
	    cmocka_unit_test(no_lengths_at_all),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
