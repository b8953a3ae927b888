/* explain_hex_test.c — bytes in all the forms in which people have them. */
#include "client/explain/explain_hex.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static char reason[EXPLAIN_HEX_REASON_MAX];

static size_t
read_hex(const char *text, uint8_t bytes[64])
{
	return explain_hex(span_of(text), (struct space){bytes, 64}, reason);
}

/* The lectures' query. */
static const uint8_t query[] = {0x1a, 0x2b, 4, 0, 0, 1, 0, 0, 0, 0, 0, 0, 6,
    'g', 'o', 'o', 'g', 'l', 'e', 3, 'c', 'o', 'm', 0, 0, 1, 0, 1};

static void
assert_query(const char *text)
{
	uint8_t bytes[64];
	size_t len = read_hex(text, bytes);

	if (len == 0)
		fail_msg("%s: %s", text, reason);
	assert_int_equal(len, sizeof(query));
	assert_memory_equal(bytes, query, len);
}

static void
groups_of_digits(void **state)
{
	(void)state;
	assert_query("1a2b040000010000000000000667"
	             "6f6f676c6503636f6d0000010001");
	assert_query("1a 2b 04 00 00 01 00 00 00 00 00 00 06 67 6f 6f\n"
	             "67 6c 65 03 63 6f 6d 00 00 01 00 01\n");
	assert_query("1A:2B:04:00:00:01:00:00:00:00:00:00:06:67:6F:6F:"
	             "67:6C:65:03:63:6F:6D:00:00:01:00:01");
	assert_query("0x1a2b0400, 0x00010000 0x00000000 0667-6f6f-676c-6503\t"
	             "636f6d0000010001\r\n");
	assert_query("[1a 2b] [04 00] [00 01] [00 00] [00 00] [00 00] [06 67 "
	             "6f 6f 67 6c 65 03 63 6f 6d 00] [00 01] [00 01]");
	assert_query("\"\\x1a\\x2b\\x04\\x00\\x00\\x01\" "
	             "\"\\x00\\x00\\x00\\x00\\x00\\x00\\x06\\x67\\x6f\\x6f"
	             "\\x67\\x6c\\x65\\x03\\x63\\x6f\\x6d\\x00\\x00\\x01"
	             "\\x00\\x01\"");
}

static void
arrays_of_c(void **state)
{
	(void)state;
	assert_query(
	    "unsigned char face[] = {\n"
	    "  0x1a, 0x2b, 0x04, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00,\n"
	    "  0x00, 0x00, 0x0, 0x6, 0x67, 0x6f, 0x6f, 0x67, 0x6c,\n"
	    "  0x65, 0x3, 0x63, 0x6f, 0x6d, 0x00, 0x00, 0x01, 0x00, 0x01"
	    "\n};\nunsigned int face_len = 28;\n");
}

static void
rows_of_xxd(void **state)
{
	(void)state;
	assert_query("00000000: 1a2b 0400 0001 0000 0000 0000 0667 6f6f  "
	             ".+...........goo\n"
	             "00000010: 676c 6503 636f 6d00 0001 0001            "
	             "gle.com.....\n");
}

static void
rows_of_hexdump(void **state)
{
	(void)state;
	assert_query(
	    "00000000  1a 2b 04 00 00 01 00 00  00 00 00 00 06 67 6f 6f  "
	    "|.+...........goo|\n"
	    "00000010  67 6c 65 03 63 6f 6d 00  00 01 00 01              "
	    "|gle.com.....|\n"
	    "0000001c\n");
}

static void
rows_of_od(void **state)
{
	(void)state;
	assert_query("0000000 1a 2b 04 00 00 01 00 00 00 00 00 00 06 67 6f 6f\n"
	             "0000020 67 6c 65 03 63 6f 6d 00 00 01 00 01\n"
	             "0000034\n");
	assert_query("000000 1a 2b 04 00 00 01 00 00 00 00 00 00 06 67 6f 6f  "
	             ">.+...........goo<\n"
	             "000010 67 6c 65 03 63 6f 6d 00 00 01 00 01              "
	             ">gle.com.....<\n"
	             "00001c\n");
}

static void
rows_of_tcpdump(void **state)
{
	(void)state;
	assert_query("12:00:00.000000 IP 192.0.2.1.49152 > 192.0.2.53.53: 6699+"
	             "\n"
	             "\t0x0000:  1a2b 0400 0001 0000 0000 0000 0667 6f6f  "
	             ".+...........goo\n"
	             "\t0x0010:  676c 6503 636f 6d00 0001 0001            "
	             "gle.com.....\n");
}

static void
rows_of_our_own(void **state)
{
	(void)state;
	assert_query("The lectures' query, 28 bytes\n"
	             "0000  [1a 2b] [04 00] [00 01] [00 00]  |.+......|\n"
	             "       A       B       C       D\n"
	             "0008  [00 00] [00 00] [06 67 6f 6f     |.....goo|\n"
	             "       E       F       G\n"
	             "0010   67 6c 65 03 63 6f 6d 00]        |gle.com.|\n"
	             "       G\n"
	             "0018  [00 01] [00 01]                  |....|\n"
	             "       H       I\n"
	             "A id 0x1a2b · B flags QR=0 OP=0 AA=1\n"
	             "  F arcount 0\n");
	assert_query("0000  1a 2b|04 00|00 01|00 00|00 00|00 00|06 67 6f 6f  "
	             "|.+...........goo|\n"
	             "0010  67 6c 65 03 63 6f 6d 00|00 01|00 01              "
	             "|gle.com.....|\n");
}

static void
assert_refused(const char *text, const char *why)
{
	uint8_t bytes[64];

	assert_int_equal(read_hex(text, bytes), 0);
	assert_string_equal(reason, why);
}

static void
what_is_not_hexadecimal_is_refused(void **state)
{
	(void)state;
	assert_refused("", "no bytes");
	assert_refused(" \n", "no bytes");
	assert_refused("1a 2g", "half a byte at character 4");
	assert_refused("1a 2", "half a byte at character 4");
	assert_refused("hello", "not hexadecimal at character 1");
	assert_refused("1a 2b zz", "not hexadecimal at character 7");
	assert_refused("0x", "not hexadecimal at character 1");
	assert_refused("0x123", "half a byte at character 1");
}

static void
rows_that_are_missing_are_missed(void **state)
{
	(void)state;
	assert_refused("00000000: 1a2b\n00000010: 676c\n",
	    "a row is missing at character 26");
	assert_refused("00000000  1a 2b\n*\n00000020  01 02\n",
	    "\"*\" stands for rows that are not there at character 17");
	assert_refused(
	    "0000:  1a2b\n0000:  3c4d\n", "a second message at character 20");
}

static void
groups_that_look_like_offsets(void **state)
{
	uint8_t bytes[64];

	(void)state;
	assert_int_equal(read_hex("00000000 00000001 1a2b3c4d", bytes), 12);
	assert_int_equal(read_hex("0000 0001 1a2b", bytes), 6);
	assert_int_equal(read_hex("00:00:00:01", bytes), 4);
}

static void
no_more_than_there_is_room_for(void **state)
{
	uint8_t bytes[2];

	(void)state;
	assert_int_equal(explain_hex(span_of("010203"),
	                     (struct space){bytes, sizeof(bytes)}, reason),
	    0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(groups_of_digits),
	    cmocka_unit_test(arrays_of_c),
	    cmocka_unit_test(rows_of_xxd),
	    cmocka_unit_test(rows_of_hexdump),
	    cmocka_unit_test(rows_of_od),
	    cmocka_unit_test(rows_of_tcpdump),
	    cmocka_unit_test(rows_of_our_own),
	    cmocka_unit_test(what_is_not_hexadecimal_is_refused),
	    cmocka_unit_test(rows_that_are_missing_are_missed),
	    cmocka_unit_test(groups_that_look_like_offsets),
	    cmocka_unit_test(no_more_than_there_is_room_for),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
