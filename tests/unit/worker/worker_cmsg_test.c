/* From which address a message leaves. */
#include "worker/worker_cmsg.h"

#include <arpa/inet.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static struct addr
ipv6(const char *text, uint32_t scope)
{
	struct addr addr = {
	    .in6 = {.sin6_family = AF_INET6, .sin6_scope_id = scope},
	    .len = sizeof(addr.in6),
	};

	assert_int_equal(inet_pton(AF_INET6, text, &addr.in6.sin6_addr), 1);
	return addr;
}

/* The interface that a message from LOCAL to PEER names. */
static unsigned
interface_of(const struct addr *local, const struct addr *peer)
{
	struct worker_cmsg_leaving control;
	struct msghdr message = {0};
	struct in6_pktinfo info;

	worker_cmsg_leave_from(&message, &control, local, peer);
	const struct cmsghdr *header = message.msg_control;

	assert_true(message.msg_controllen >= CMSG_SPACE(sizeof(info)));
	assert_int_equal(header->cmsg_level, IPPROTO_IPV6);
	assert_int_equal(header->cmsg_type, IPV6_PKTINFO);
	memcpy(&info, CMSG_DATA(header), sizeof(info));
	assert_memory_equal(&info.ipi6_addr, &local->in6.sin6_addr, 16);
	return info.ipi6_ifindex;
}

static void
a_link_local_address_names_the_peers_link(void **state)
{
	const struct addr local = ipv6("fe80::1", 0);
	const struct addr peer = ipv6("fe80::2", 7);

	(void)state;
	assert_int_equal(interface_of(&local, &peer), 7);
}

static void
other_addresses_name_none(void **state)
{
	const struct addr local = ipv6("2001:db8::1", 0);
	const struct addr peer = ipv6("2001:db8::2", 0);

	(void)state;
	assert_int_equal(interface_of(&local, &peer), 0);
}

static void
ipv4_leaves_from_the_address_that_is_named(void **state)
{
	const struct addr local = {
	    .in4 = {.sin_family = AF_INET,
	        .sin_addr.s_addr = htonl(0x7f000002)},
	    .len = sizeof(local.in4),
	};
	struct worker_cmsg_leaving control;
	struct msghdr message = {0};
	struct in_pktinfo info;

	(void)state;
	worker_cmsg_leave_from(&message, &control, &local, &local);
	const struct cmsghdr *header = message.msg_control;

	assert_true(message.msg_controllen >= CMSG_SPACE(sizeof(info)));
	assert_int_equal(header->cmsg_level, IPPROTO_IP);
	assert_int_equal(header->cmsg_type, IP_PKTINFO);
	memcpy(&info, CMSG_DATA(header), sizeof(info));
	assert_int_equal(info.ipi_spec_dst.s_addr, htonl(0x7f000002));
	assert_int_equal(info.ipi_ifindex, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_link_local_address_names_the_peers_link),
	    cmocka_unit_test(other_addresses_name_none),
	    cmocka_unit_test(ipv4_leaves_from_the_address_that_is_named),
	};

	return cmocka_run_group_tests_name("worker_cmsg", tests, NULL, NULL);
}
