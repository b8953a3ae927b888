/* Lines of /proc/net, as kernels write them on a little-endian machine. */
#include "master/master_socket_row.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char heading[] =
    "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when "
    "retrnsmt   uid  timeout inode                                            "
    "         \n";
static const char stub_tcp[] =
    "   2: 3500007F:0035 00000000:0000 0A 00000000:00000000 00:00000000 "
    "00000000   101        0 18337 1 0000000000000000 100 0 0 10 5            "
    "         \n";
static const char stub_udp[] =
    "  361: 3500007F:0035 00000000:0000 07 00000000:00000000 00:00000000 "
    "00000000   101        0 18336 2 0000000000000000 0         \n";
static const char web_tcp6[] =
    "   0: 00000000000000000000000000000000:0050 "
    "00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 "
    "00000000     0        0 21433 1 0000000000000000 100 0 0 10 0\n";
static const char time_udp6[] =
    " 1077: 00000000000000000000000001000000:007B "
    "00000000000000000000000000000000:0000 07 00000000:00000000 00:00000000 "
    "00000000   102        0 20912 2 0000000000000000 0\n";
static const char mapped_tcp6[] =
    "   9: 0000000000000000FFFF00000100007F:0050 "
    "0000000000000000FFFF00000100007F:D2F0 01 00000000:00000000 00:00000000 "
    "00000000    33        0 25001 1 0000000000000000 20 4 30 10 -1\n";
static const char waiting_tcp[] =
    "   1: 0100007F:D984 0100007F:0050 06 00000000:00000000 03:00001735 "
    "00000000     0        0 0 3 000000005c1386bc\n";

static struct master_socket_row
parsed(const char *line)
{
	struct master_socket_row row;

	assert_true(master_socket_row_parse(line, &row));
	return row;
}

static void
assert_local(const struct master_socket_row *row, const char *expected)
{
	char text[ADDR_TEXT_MAX];

	assert_string_equal(addr_format(&row->local, text), expected);
}

static unsigned
rank(const char *line, const char *address)
{
	struct master_socket_row row = parsed(line);
	struct addr addr;

	assert_null(addr_parse(address, &addr));
	return master_socket_row_rank(&row, &addr);
}

static void
both_families_and_transports_are_read(void **state)
{
	struct master_socket_row row = parsed(stub_tcp);

	(void)state;
	assert_local(&row, "127.0.0.53:53");
	assert_true(row.is_listening);
	assert_int_equal(row.uid, 101);
	assert_int_equal(row.inode, 18337);
	row = parsed(stub_udp);
	assert_local(&row, "127.0.0.53:53");
	assert_false(row.is_listening);
	assert_int_equal(row.inode, 18336);
	row = parsed(web_tcp6);
	assert_local(&row, "[::]:80");
	assert_true(row.is_listening);
	assert_int_equal(row.uid, 0);
	row = parsed(time_udp6);
	assert_local(&row, "[::1]:123");
	assert_int_equal(row.uid, 102);
	row = parsed(waiting_tcp);
	assert_int_equal(row.inode, 0);
}

static void
other_lines_are_none(void **state)
{
	static const char *const bad[] = {
	    "",
	    "\n",
	    "   2: 3500007F:0035 00000000:0000 0A",
	    "2: 3500007F 0:0 0A 0:0 0:0 0 101 0 18337",
	    "2: 3500007F:35 0:0 0A 0:0 0:0 0 101 0 18337",
	    "2: 3500007F:00350 0:0 0A 0:0 0:0 0 101 0 18337",
	    "2: 3500007:00035 0:0 0A 0:0 0:0 0 101 0 18337",
	    "2: 3500007G:0035 0:0 0A 0:0 0:0 0 101 0 18337",
	    "2: 3500007F:0035 0:0 100 0:0 0:0 0 101 0 18337",
	    "2: 3500007F:0035 0:0 0A 0:0 0:0 0 4294967296 0 18337",
	    "2: 3500007F:0035 0:0 0A 0:0 0:0 0 -1 0 18337",
	    "2: 3500007F:0035 0:0 0A 0:0 0:0 0 101 0 18446744073709551616",
	    "2: 3500007F:0035 0:0 0A 0:0 0:0 0 101 0 x",
	};
	struct master_socket_row row;

	(void)state;
	assert_false(master_socket_row_parse(heading, &row));
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_false(master_socket_row_parse(bad[i], &row));
	assert_true(master_socket_row_parse(
	    "2: 3500007F:0035 0:0 0A 0:0 0:0 0 101 0 18446744073709551615",
	    &row));
	assert_true(row.inode == UINT64_MAX);
}

/* Each beginning of a line, in memory of its own length for ASan to watch, and
 * each line with a byte that does not belong there. */
static void
what_is_cut_or_spoilt_is_survived(void **state)
{
	static const char *const lines[] = {
	    stub_tcp, stub_udp, web_tcp6, time_udp6, mapped_tcp6, waiting_tcp};
	struct master_socket_row row;

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		for (size_t len = 0; len <= strlen(lines[i]); len++) {
			char *copy = strndup(lines[i], len);

			assert_non_null(copy);
			(void)!master_socket_row_parse(copy, &row);
			free(copy);
			copy = strdup(lines[i]);
			assert_non_null(copy);
			for (int byte = 1; byte < 256; byte += 7) {
				copy[len] =
				    (char)(len == strlen(lines[i]) ? 0 : byte);
				(void)!master_socket_row_parse(copy, &row);
			}
			free(copy);
		}
}

static void
sockets_in_the_way_are_known(void **state)
{
	(void)state;
	assert_int_not_equal(rank(stub_udp, "0.0.0.0:53"), 0);
	assert_int_not_equal(rank(stub_udp, "127.0.0.53:53"), 0);
	assert_int_equal(rank(stub_udp, "127.0.0.1:53"), 0);
	assert_int_equal(rank(stub_udp, "0.0.0.0:54"), 0);
	assert_int_equal(rank(stub_udp, "[::]:53"), 0);
	assert_int_not_equal(rank(web_tcp6, "[::]:80"), 0);
	assert_int_not_equal(rank(web_tcp6, "[2001:db8::1]:80"), 0);
	assert_int_not_equal(rank(time_udp6, "[::]:123"), 0);
	assert_int_not_equal(rank(time_udp6, "[::1]:123"), 0);
	assert_int_equal(rank(time_udp6, "[::2]:123"), 0);
	assert_int_equal(rank(time_udp6, "0.0.0.0:123"), 0);
	/* Nobody has it. */
	assert_int_equal(rank(waiting_tcp, "127.0.0.1:55684"), 0);
}

/* An IPv6 socket may be for IPv4, too. */
static void
likelier_ones_come_first(void **state)
{
	(void)state;
	assert_int_not_equal(rank(web_tcp6, "0.0.0.0:80"), 0);
	assert_int_not_equal(rank(web_tcp6, "192.0.2.1:80"), 0);
	assert_true(rank(web_tcp6, "[::]:80") > rank(web_tcp6, "0.0.0.0:80"));
	assert_int_not_equal(rank(mapped_tcp6, "127.0.0.1:80"), 0);
	assert_int_not_equal(rank(mapped_tcp6, "0.0.0.0:80"), 0);
	assert_int_equal(rank(mapped_tcp6, "127.0.0.2:80"), 0);
	assert_true(
	    rank(web_tcp6, "0.0.0.0:80") > rank(mapped_tcp6, "0.0.0.0:80"));
	assert_true(
	    rank(stub_tcp, "0.0.0.0:53") > rank(stub_udp, "0.0.0.0:53"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(both_families_and_transports_are_read),
	    cmocka_unit_test(other_lines_are_none),
	    cmocka_unit_test(what_is_cut_or_spoilt_is_survived),
	    cmocka_unit_test(sockets_in_the_way_are_known),
	    cmocka_unit_test(likelier_ones_come_first),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
