/* Source ports that nobody should answer. */
#include "worker/worker_guard.h"

#include <arpa/inet.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void
ports_that_loop(void **state)
{
	static const uint16_t silent[] = {0, 7, 13, 17, 19, 37, 53, 123, 161,
	    1023, 1900, 2049, 5353, 9000, 11211, 12000, 31621};
	static struct settings settings;
	static struct worker_guard_ports ports;

	(void)state;
	worker_guard_ports_init(&ports, &settings);
	for (size_t i = 0; i < sizeof(silent) / sizeof(silent[0]); i++)
		assert_true(worker_guard_port_loops(&ports, silent[i]));
	assert_false(worker_guard_port_loops(&ports, 1024));
	assert_false(worker_guard_port_loops(&ports, 40000));
	assert_false(worker_guard_port_loops(&ports, 65535));
}

static void
own_udp_ports(void **state)
{
	static struct settings settings;
	static struct worker_guard_ports ports;

	(void)state;
	settings.listen_count = 2;
	settings.listens[0].transport = TRANSPORT_UDP;
	settings.listens[0].addr.in4.sin_family = AF_INET;
	settings.listens[0].addr.in4.sin_port = htons(10007);
	settings.listens[1].transport = TRANSPORT_TCP;
	settings.listens[1].addr.in4.sin_family = AF_INET;
	settings.listens[1].addr.in4.sin_port = htons(10080);
	worker_guard_ports_init(&ports, &settings);
	assert_true(worker_guard_port_loops(&ports, 10007));
	assert_false(worker_guard_port_loops(&ports, 10080));
}

static bool
is_sender(const char *text)
{
	struct addr addr = {0};

	if (strchr(text, ':') == NULL) {
		addr.any.sa_family = AF_INET;
		assert_int_equal(
		    inet_pton(AF_INET, text, &addr.in4.sin_addr), 1);
	} else {
		addr.any.sa_family = AF_INET6;
		assert_int_equal(
		    inet_pton(AF_INET6, text, &addr.in6.sin6_addr), 1);
	}
	return worker_guard_is_sender(&addr);
}

static void
addresses_that_no_single_host_has(void **state)
{
	static const char *const nobody[] = {"0.0.0.0", "0.255.255.255",
	    "224.0.0.1", "239.255.42.99", "255.255.255.255", "255.0.0.1",
	    "::", "ff02::1", "ff05::101", "::ffff:192.0.2.1",
	    "::ffff:127.0.0.1"};
	static const char *const somebody[] = {"127.0.0.1", "1.0.0.0",
	    "192.0.2.255", "223.255.255.255", "240.0.0.1", "254.255.255.255",
	    "::1", "fe80::1", "fc00::1", "2001:db8::1"};

	(void)state;
	for (size_t i = 0; i < sizeof(nobody) / sizeof(nobody[0]); i++)
		assert_false(is_sender(nobody[i]));
	for (size_t i = 0; i < sizeof(somebody) / sizeof(somebody[0]); i++)
		assert_true(is_sender(somebody[i]));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    {"TIME 44: ports that loop", ports_that_loop, NULL, NULL, NULL},
	    {"TIME 44: our own UDP ports", own_udp_ports, NULL, NULL, NULL},
	    {"TIME 45: addresses that no single host has",
	        addresses_that_no_single_host_has, NULL, NULL, NULL},
	};

	return cmocka_run_group_tests_name("worker_guard", tests, NULL, NULL);
}
