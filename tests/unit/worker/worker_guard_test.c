/* Source ports that nobody should answer. */
#include "worker/worker_guard.h"

#include <arpa/inet.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

static void
test_services_44_ports_that_loop(void **state)
{
	static const uint16_t silent[] = {
	    0, 7, 13, 17, 19, 37, 53, 123, 161, 1900, 11211};
	static struct settings settings;
	static struct worker_guard_ports ports;

	(void)state;
	worker_guard_ports_init(&ports, &settings);
	for (size_t i = 0; i < sizeof(silent) / sizeof(silent[0]); i++)
		assert_true(worker_guard_port_loops(&ports, silent[i]));
	assert_false(worker_guard_port_loops(&ports, 8));
	assert_false(worker_guard_port_loops(&ports, 40000));
	assert_false(worker_guard_port_loops(&ports, 65535));
}

static void
test_services_44_own_udp_ports(void **state)
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

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_services_44_ports_that_loop),
	    cmocka_unit_test(test_services_44_own_udp_ports),
	};

	return cmocka_run_group_tests_name("worker_guard", tests, NULL, NULL);
}
