/* What sockets are called while somebody keeps them. */
#include "master/master_name.h"
#include "service.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static struct heritage_socket
at(const char *address, enum transport transport)
{
	struct heritage_socket socket = {.transport = (uint16_t)transport};

	while (strcmp(services[socket.service]->name, "dns") != 0)
		socket.service++;
	assert_null(addr_parse(address, &socket.addr));
	return socket;
}

static void
a_name_says_service_place_and_slot(void **state)
{
	struct heritage_socket socket = at("0.0.0.0:53", TRANSPORT_UDP);
	char name[MASTER_NAME_MAX];

	(void)state;
	assert_string_equal(
	    master_name_make(&socket, 0, name), "netlabd-dns-udp-0.0.0.0_53-0");
	socket.is_proxied = true;
	assert_string_equal(master_name_make(&socket, 63, name),
	    "netlabd-dns-udp-0.0.0.0_53-proxied-63");
}

/* LISTEN_FDNAMES separates names by colons. */
static void
a_name_has_no_colon_and_fits(void **state)
{
	struct heritage_socket socket = at(
	    "[1111:2222:3333:4444:5555:6666:7777:8888]:65535", TRANSPORT_TCP);
	char name[MASTER_NAME_MAX];

	(void)state;
	assert_string_equal(master_name_make(&socket, 7, name),
	    "netlabd-dns-tcp-"
	    "[1111_2222_3333_4444_5555_6666_7777_8888]_65535-7");
}

static void
our_own_names_are_known(void **state)
{
	struct heritage_socket socket = at("[::1]:10053", TRANSPORT_TCP);
	char name[MASTER_NAME_MAX];

	(void)state;
	for (unsigned slot = 0; slot < 12; slot++)
		assert_true(
		    master_name_is_ours(master_name_make(&socket, slot, name),
		        &socket.addr, TRANSPORT_TCP));
	assert_false(master_name_is_ours(name, &socket.addr, TRANSPORT_UDP));
	/* A service that this version does not have. */
	assert_true(master_name_is_ours(
	    "netlabd-tls-tcp-[__1]_10053-0", &socket.addr, TRANSPORT_TCP));
}

static void
names_of_others_are_not_ours(void **state)
{
	static const char *const names[] = {
	    "",
	    "passed-in",
	    "netlabd.socket",
	    "netlabd-http.socket",
	    "netlabd-",
	    "netlabd-http-tcp-0.0.0.0_8-0",
	    "nginx-http-tcp-0.0.0.0_80-0",
	};
	struct addr addr;

	(void)state;
	assert_null(addr_parse("0.0.0.0:80", &addr));
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		assert_false(
		    master_name_is_ours(names[i], &addr, TRANSPORT_TCP));
}

static void
what_may_be_in_the_way_is_told_by_its_name(void **state)
{
	static const struct {
		const char *name;
		bool may_hold;
	} cases[] = {
	    {"netlabd-http-tcp-127.0.0.1_80-0", true},
	    {"netlabd-http-tcp-0.0.0.0_80-proxied-3", true},
	    {"netlabd-http-tcp-0.0.0.0_8080-0", false},
	    {"netlabd-http-tcp-0.0.0.0_8-0", false},
	    {"netlabd-http-tcp-[__]_80-0", false},
	    {"netlabd-http-udp-127.0.0.1_80-0", false},
	    {"netlabd-", false},
	    {"passed-in", true},
	};
	struct addr addr;

	(void)state;
	assert_null(addr_parse("127.0.0.1:80", &addr));
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_int_equal(
		    master_name_may_hold(cases[i].name, &addr, TRANSPORT_TCP),
		    cases[i].may_hold);
	assert_null(addr_parse("[::1]:80", &addr));
	assert_true(master_name_may_hold(
	    "netlabd-http-tcp-[__]_80-0", &addr, TRANSPORT_TCP));
	assert_false(master_name_may_hold(
	    "netlabd-http-tcp-0.0.0.0_80-0", &addr, TRANSPORT_TCP));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_name_says_service_place_and_slot),
	    cmocka_unit_test(a_name_has_no_colon_and_fits),
	    cmocka_unit_test(our_own_names_are_known),
	    cmocka_unit_test(names_of_others_are_not_ours),
	    cmocka_unit_test(what_may_be_in_the_way_is_told_by_its_name),
	};

	return cmocka_run_group_tests_name("master_name", tests, NULL, NULL);
}
