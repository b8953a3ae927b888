/* dissect_service_test.c — what is known by its ports, or by how it begins. */
#include "client/dissect/dissect_link.h"

#include "packet.h"

static void
dns_by_udp_to_both_ports(void **state)
{
	(void)state;
	packet_says(
	    "45000038 00000000 4011 0000 0a000001 0a000002 0fa00035 0024 0000 "
	    "24bd0100000100000000000006676f6f676c6503636f6d0000010001",
	    dissect_link_raw,
	    "10.0.0.1:4000 > 10.0.0.2:53 DNS query 0x24bd google.com. A");
	packet_says(
	    "45000038 00000000 4011 0000 0a000001 0a000002 0fa02745 0024 0000 "
	    "24bd0100000100000000000006676f6f676c6503636f6d0000010001",
	    dissect_link_raw,
	    "10.0.0.1:4000 > 10.0.0.2:10053 DNS query 0x24bd google.com. A");
}

static void
dns_by_tcp_has_a_length_rfc_1035_section_4_2_2(void **state)
{
	(void)state;
	packet_says(
	    "45000046 00000000 4006 0000 0a000001 0a000002 0fa00035 00000003 "
	    "00000004 5018 0000 0000 0000 "
	    "001c24bd0100000100000000000006676f6f676c6503636f6d0000010001",
	    dissect_link_raw,
	    "10.0.0.1:4000 > 10.0.0.2:53 DNS query 0x24bd google.com. A");
	packet_holds("4500004a 00000000 4006 0000 0a000001 0a000002 0fa00035 "
	             "00000003 00000004 5018 0000 0000 0000 "
	             "001c24bd0100000100000000000006676f6f676c6503636f6d0000010"
	             "001001c24bd",
	    dissect_link_raw, "70+4 Part of a message 4 bytes\n");
	packet_holds(
	    "45000045 00000000 4006 0000 0a000001 0a000002 0fa00035 00000003 "
	    "00000004 5018 0000 0000 0000 "
	    "001c24bd0100000100000000000006676f6f676c6503636f6d00000100",
	    dissect_link_raw, "40+29 Part of a message 29 bytes\n");
}

static void
ntp_by_udp(void **state)
{
	(void)state;
	packet_says(
	    "4500004c 00000000 4011 0000 0a000001 0a000002 007b0fa0 0038 0000 "
	    "230000000000000000000000000000000000000000000000000000000000000000"
	    "000000000000000000000000000000",
	    dissect_link_raw, "10.0.0.1:123 > 10.0.0.2:4000 NTP v4 client");
}

static void
port_that_is_not_known(void **state)
{
	(void)state;
	packet_holds("4500001f 00000000 4011 0000 0a000001 0a000002 0fa00fa1 "
	             "000b 0000 68690a",
	    dissect_link_raw, "28+3 Data hi … (3 bytes)\n");
}

static void
the_receiver_s_port_comes_first(void **state)
{
	(void)state;
	packet_says(
	    "45000038 00000000 4011 0000 0a000001 0a000002 00070035 0024 0000 "
	    "24bd0100000100000000000006676f6f676c6503636f6d0000010001",
	    dissect_link_raw,
	    "10.0.0.1:7 > 10.0.0.2:53 DNS query 0x24bd google.com. A");
}

static void
text_is_called_as_its_port(void **state)
{
	(void)state;
	packet_says("4500001e 00000000 4011 0000 0a000001 0a000002 0fa02717 "
	            "000a 0000 6869",
	    dissect_link_raw, "10.0.0.1:4000 > 10.0.0.2:10007 echo hi");
	packet_says("4500002c 00000000 4006 0000 0a000001 0a000002 7b850fa0 "
	            "00000003 00000004 5018 0000 0000 0000 68690d0a",
	    dissect_link_raw, "10.0.0.1:31621 > 10.0.0.2:4000 chat hi");
}

static void
http_by_its_first_line_on_any_port_rfc_9112_section_2_1(void **state)
{
	(void)state;
	packet_says("45000044 00000000 4006 0000 0a000001 0a000002 0fa00fa1 "
	            "00000003 00000004 5018 0000 0000 0000 "
	            "474554202f7820485454502f312e310d0a486f73743a20610d0a0d0a",
	    dissect_link_raw, "10.0.0.1:4000 > 10.0.0.2:4001 HTTP GET /x");
	packet_says("45000053 00000000 4006 0000 0a000001 0a000002 00500fa0 "
	            "00000003 00000004 5018 0000 0000 0000 "
	            "485454502f312e3120323030204f4b0d0a436f6e74656e742d4c656e67"
	            "74683a20393939390d0a0d0a6162",
	    dissect_link_raw, "10.0.0.1:80 > 10.0.0.2:4000 HTTP 200 OK");
	packet_says("45000043 00000000 4006 0000 0a000001 0a000002 00500fa0 "
	            "00000003 00000004 5018 0000 0000 0000 "
	            "746865206d6964646c65206f6620485454502f312e3120616e640a",
	    dissect_link_raw,
	    "10.0.0.1:80 > 10.0.0.2:4000 TCP PSH ACK, 27 bytes, seq 3, ack 4, "
	    "window 0");
}

static void
time_comes_from_the_server(void **state)
{
	(void)state;
	packet_holds("45000020 00000000 4011 0000 0a000001 0a000002 0fa00025 "
	             "000c 0000 e0000000",
	    dissect_link_raw, "28+4 Data 4 bytes\n");
	packet_says("45000020 00000000 4011 0000 0a000001 0a000002 00250fa0 "
	            "000c 0000 e0000000",
	    dissect_link_raw, "10.0.0.1:37 > 10.0.0.2:4000 Time 3758096384");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(dns_by_udp_to_both_ports),
	    cmocka_unit_test(dns_by_tcp_has_a_length_rfc_1035_section_4_2_2),
	    cmocka_unit_test(ntp_by_udp),
	    cmocka_unit_test(port_that_is_not_known),
	    cmocka_unit_test(the_receiver_s_port_comes_first),
	    cmocka_unit_test(text_is_called_as_its_port),
	    cmocka_unit_test(
	        http_by_its_first_line_on_any_port_rfc_9112_section_2_1),
	    cmocka_unit_test(time_comes_from_the_server),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
