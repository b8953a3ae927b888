/* What the sockets of a service are set to. */
#include "master/master_socket.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <setjmp.h>
#include <stdarg.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

/* The seconds for which a new connection to a service with NEEDS may wait for
 * its first byte. */
static int
deferral(unsigned needs)
{
	const struct service service = {.name = "room", .needs = needs};
	const struct addr addr = {
	    .in4 = {.sin_family = AF_INET,
	        .sin_addr.s_addr = htonl(INADDR_LOOPBACK)},
	    .len = sizeof(addr.in4),
	};
	int fd = master_socket_open(&addr, TRANSPORT_TCP, &service);
	int seconds = -1;
	socklen_t len = sizeof(seconds);

	assert_true(fd >= 0);
	assert_int_equal(
	    getsockopt(fd, IPPROTO_TCP, TCP_DEFER_ACCEPT, &seconds, &len), 0);
	close(fd);
	return seconds;
}

static void
connections_wait_where_the_peer_speaks_first(void **state)
{
	(void)state;
	assert_int_equal(deferral(NEED_PEER_FIRST), 1);
	assert_int_equal(deferral(0), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(connections_wait_where_the_peer_speaks_first),
	};

	return cmocka_run_group_tests_name("master_socket", tests, NULL, NULL);
}
