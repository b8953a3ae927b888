/* What the sockets of a service are set to. */
#include "master/master_socket.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <setjmp.h>
#include <stdarg.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

/* What OPTION of LEVEL is on a socket of a service with NEEDS. */
static int
option_of(enum transport transport, unsigned needs, int level, int option)
{
	const struct service service = {.name = "room", .needs = needs};
	const struct addr addr = {
	    .in4 = {.sin_family = AF_INET,
	        .sin_addr.s_addr = htonl(INADDR_LOOPBACK)},
	    .len = sizeof(addr.in4),
	};
	int fd = master_socket_open(&addr, transport, &service);
	int value = -1;
	socklen_t len = sizeof(value);

	assert_true(fd >= 0);
	assert_int_equal(getsockopt(fd, level, option, &value, &len), 0);
	close(fd);
	return value;
}

/* The seconds for which a new connection to a service with NEEDS may wait for
 * its first byte. */
static int
deferral(unsigned needs)
{
	return option_of(TRANSPORT_TCP, needs, IPPROTO_TCP, TCP_DEFER_ACCEPT);
}

static int
path_discovery(unsigned needs)
{
	return option_of(TRANSPORT_UDP, needs, IPPROTO_IP, IP_MTU_DISCOVER);
}

static void
connections_wait_where_the_peer_speaks_first(void **state)
{
	(void)state;
	assert_int_equal(deferral(NEED_PEER_FIRST), 1);
	assert_int_equal(deferral(0), 0);
}

/* In neither case does what a router says of the path change replies. */
static void
short_replies_are_not_to_be_cut(void **state)
{
	(void)state;
	assert_int_equal(path_discovery(NEED_WHOLE_REPLY), IP_PMTUDISC_PROBE);
	assert_int_equal(path_discovery(0), IP_PMTUDISC_OMIT);
}

/* What OPTION of LEVEL is on a connection to a service with NEEDS. */
static int
accepted_option(unsigned needs, int level, int option)
{
	const struct service service = {.name = "room", .needs = needs};
	struct addr addr = {
	    .in4 = {.sin_family = AF_INET,
	        .sin_addr.s_addr = htonl(INADDR_LOOPBACK)},
	    .len = sizeof(addr.in4),
	};
	int listener = master_socket_open(&addr, TRANSPORT_TCP, &service);
	int client = socket(AF_INET, SOCK_STREAM, 0), accepted, value = -1;
	socklen_t len = sizeof(value);

	assert_int_equal(getsockname(listener, &addr.any, &addr.len), 0);
	assert_int_equal(connect(client, &addr.any, addr.len), 0);
	accepted = accept(listener, NULL, NULL); /* which does not block */
	assert_true(accepted >= 0);
	assert_int_equal(getsockopt(accepted, level, option, &value, &len), 0);
	close(accepted);
	close(client);
	close(listener);
	return value;
}

static void
vanished_peers_are_found_where_that_is_needed(void **state)
{
	const struct {
		int level, option, value;
	} options[] = {
	    {SOL_SOCKET, SO_KEEPALIVE, 1},
	    {IPPROTO_TCP, TCP_KEEPIDLE, 60},
	    {IPPROTO_TCP, TCP_KEEPINTVL, 20},
	    {IPPROTO_TCP, TCP_KEEPCNT, 3},
	    {IPPROTO_TCP, TCP_USER_TIMEOUT, 120000},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(options) / sizeof(options[0]); i++)
		assert_int_equal(accepted_option(NEED_KEEPALIVE,
		                     options[i].level, options[i].option),
		    options[i].value);
	assert_int_equal(accepted_option(0, SOL_SOCKET, SO_KEEPALIVE), 0);
}

static void
buffers_are_short_where_the_room_keeps_what_waits(void **state)
{
	(void)state;
	assert_int_equal(
	    accepted_option(NEED_SHORT_BUFFERS, SOL_SOCKET, SO_SNDBUF), 32768);
	assert_in_range(
	    accepted_option(0, SOL_SOCKET, SO_SNDBUF), 65536, INT32_MAX);
}

/* A slot that took it would hear nobody. */
static void
a_socket_that_was_retired_is_not_adopted(void **state)
{
	const struct service service = {.name = "room"};
	struct addr addr = {
	    .in4 = {.sin_family = AF_INET,
	        .sin_addr.s_addr = htonl(INADDR_LOOPBACK)},
	    .len = sizeof(addr.in4),
	};
	int fd = master_socket_open(&addr, TRANSPORT_UDP, &service);

	(void)state;
	assert_true(fd >= 0);
	assert_true(master_socket_adopt(fd, &addr, TRANSPORT_UDP, &service));
	addr.in4.sin_port = htons(9);
	assert_int_equal(connect(fd, &addr.any, addr.len), 0);
	assert_false(master_socket_adopt(fd, &addr, TRANSPORT_UDP, &service));
	assert_int_equal(errno, EISCONN);
	close(fd);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(connections_wait_where_the_peer_speaks_first),
	    cmocka_unit_test(short_replies_are_not_to_be_cut),
	    cmocka_unit_test(vanished_peers_are_found_where_that_is_needed),
	    cmocka_unit_test(buffers_are_short_where_the_room_keeps_what_waits),
	    cmocka_unit_test(a_socket_that_was_retired_is_not_adopted),
	};

	return cmocka_run_group_tests_name("master_socket", tests, NULL, NULL);
}
