/* ntp_query_test.c — the packet that a client asks with. */
#include "services/ntp/ntp_query.h"

#include "ntp_fixture.h"

/* Sees to it that a query of VERSION is FLAGS, a time, and nothing else. */
static void
check(unsigned version, uint8_t flags)
{
	uint8_t expected[NTP_HEADER_LEN] = {flags};
	uint8_t packet[NTP_HEADER_LEN];
	static const uint8_t time[] = {
	    0xe1, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef};

	memcpy(expected + NTP_HEADER_TRANSMIT, time, sizeof(time));
	memset(packet, 0xff, sizeof(packet));
	ntp_query(packet, version, UINT64_C(0xe123456789abcdef));
	assert_memory_equal(packet, expected, sizeof(packet));
}

static void
versions(void **state)
{
	(void)state;
	check(4, 0x23);
	check(3, 0x1b);
	check(2, 0x13);
}

static void
version_1(void **state)
{
	(void)state;
	check(1, 0x08);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("RFC 5905 §7.3: mode 3, the time, and zeros", versions),
	    TEST("RFC 1059: version 1 has no modes", version_1),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
