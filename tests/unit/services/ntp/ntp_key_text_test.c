/* ntp_key_text_test.c — lines of a keys file. The numbers are those of the time
 * requirements. */
#include "services/ntp/ntp_key_text.h"

#include "ntp_fixture.h"

#define HEX_16 "000102030405060708090a0b0c0d0e0f"
#define HEX_32 HEX_16 "101112131415161718191A1B1C1D1E1F"
#define TEXT_64 "0123456789abcdef0123456789ABCDEF" HEX_16

static struct ntp_key
read_good(const char *line)
{
	struct ntp_key key;

	assert_null(ntp_key_text_read(
	    (struct span){(const uint8_t *)line, strlen(line)}, &key));
	return key;
}

static void
expect_key(const char *line, uint32_t id, enum mac_type type, const char *bytes,
    size_t len)
{
	struct ntp_key key = read_good(line);

	assert_int_equal(key.id, id);
	assert_int_equal(key.type, type);
	assert_int_equal(key.len, len);
	assert_memory_equal(key.bytes, bytes, len);
}

static void
expect_fault(const char *line, const char *fault)
{
	struct ntp_key key;
	const char *said = ntp_key_text_read(
	    (struct span){(const uint8_t *)line, strlen(line)}, &key);

	assert_non_null(said);
	assert_string_equal(said, fault);
}

static void
forms(void **state)
{
	static const char counted[] =
	    "\x00\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f"
	    "\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19\x1a\x1b\x1c\x1d\x1e\x1f";

	(void)state;
	expect_key("1 AES128 HEX:" HEX_16, 1, MAC_AES128, counted, 16);
	expect_key("2 AES256 hex:" HEX_32, 2, MAC_AES256, counted, 32);
	expect_key("3 AES128 ASCII:0123456789abcdef", 3, MAC_AES128,
	    "0123456789abcdef", 16);
	/* Bare: the length leaves one reading alone. */
	expect_key("4 AES128CMAC " HEX_16, 4, MAC_AES128, counted, 16);
	expect_key(
	    "5 AES 0123456789abcdef", 5, MAC_AES128, "0123456789abcdef", 16);
	expect_key("6 AES-256 " HEX_32, 6, MAC_AES256, counted, 32);
	expect_key("7 aes256 " HEX_16, 7, MAC_AES256, HEX_16, 32);
	expect_key("8 MD5 secret", 8, MAC_MD5, "secret", 6);
	expect_key(
	    "9 M 0123456789abcdef0123", 9, MAC_MD5, "0123456789abcdef0123", 20);
	expect_key("10 SHA1 HEX:fF", 10, MAC_SHA1, "\xff", 1);
	expect_key("11 sha-1 no-hexadecimal-digits-here", 11, MAC_SHA1,
	    "no-hexadecimal-digits-here", 26);
	expect_key("4294967295 MD5 ASCII:" TEXT_64, 4294967295, MAC_MD5,
	    TEXT_64, strlen(TEXT_64));
}

static void
spaces_and_comments(void **state)
{
	static const char *const nothings[] = {"", " ", "\t\r", "# 1 MD5 x",
	    "! 1 MD5 x", "; x", "% x", "  #", "#"};

	(void)state;
	for (size_t i = 0; i < sizeof(nothings) / sizeof(nothings[0]); i++)
		assert_int_equal(read_good(nothings[i]).id, 0);
	expect_key(" \t1\tMD5   key \r", 1, MAC_MD5, "key", 3);
	expect_key("1 MD5 key # of the lab", 1, MAC_MD5, "key", 3);
	expect_key("1 MD5 k#y", 1, MAC_MD5, "k#y", 3);
	expect_key("1 MD5 ASCII:#", 1, MAC_MD5, "#", 1);
	expect_key("1 MD5 k\xc3\xa9y", 1, MAC_MD5, "k\xc3\xa9y", 4);
}

static void
ids(void **state)
{
	static const char *const bad[] = {"0 MD5 x", "-1 MD5 x", "+1 MD5 x",
	    "4294967296 MD5 x", "18446744073709551617 MD5 x", "1a MD5 x",
	    "0x1 MD5 x", "secret"};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		expect_fault(bad[i], "an ID is a number from 1 to 4294967295");
}

static void
words(void **state)
{
	static const char *const bad[] = {"1", "1 MD5", "1 secret", "1 MD5 #x",
	    "1 MD5 x 192.0.2.1", "1 MD5 x y z"};
	static const char *const types[] = {
	    "1 AES192 x", "1 SHA256 x", "1 MD x", "1 MD55 x", "1 secret key"};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		expect_fault(bad[i], "a line is ID TYPE KEY");
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		expect_fault(types[i],
		    "the types of keys are AES128, AES256, MD5 and SHA1");
}

static void
keys(void **state)
{
	static const char hex[] =
	    "behind HEX: come pairs of hexadecimal digits";
	static const char aes128[] = "an AES128 key has 16 bytes";
	static const char aes256[] = "an AES256 key has 32 bytes";
	static const char any[] = "a key has 1 to 64 bytes";

	(void)state;
	expect_fault("1 AES128 HEX:1", hex);
	expect_fault("1 AES128 HEX:0g", hex);
	expect_fault("1 AES128 HEX:", aes128);
	expect_fault("1 AES128 HEX:" HEX_16 "00", aes128);
	expect_fault("1 AES128 HEX:" HEX_32 HEX_32 "00", aes128);
	expect_fault("1 AES128 ASCII:0123456789abcde", aes128);
	expect_fault("1 AES128 ASCII:" HEX_16, aes128);
	expect_fault("1 AES128 0123456789abcdefg", aes128);
	expect_fault("1 AES256 HEX:" HEX_16, aes256);
	expect_fault("1 MD5 HEX:", any);
	expect_fault("1 MD5 ASCII:", any);
	expect_fault("1 MD5 HEX:" HEX_32 HEX_32 "00", any);
	expect_fault("1 SHA1 ASCII:" TEXT_64 "x", any);
	expect_fault(
	    "1 MD5 a\x01z", "a key in ASCII has no control characters");
	expect_fault(
	    "1 MD5 a\x7fz", "a key in ASCII has no control characters");
	expect_fault("1 SHA1 0123456789abcdef012345",
	    "chrony reads this key as ASCII and ntpd as hexadecimal: write "
	    "ASCII: or HEX: before it");
}

/* No fault repeats a word of its line. */
static void
nothing_is_told(void **state)
{
	static const char *const lines[] = {"xyzzy", "1 xyzzy", "1 xyzzy 2",
	    "1 MD5 xyzzy xyzzy", "1 AES128 xyzzy", "1 AES128 HEX:xyzzy"};
	struct ntp_key key;

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		const char *fault = ntp_key_text_read(
		    (struct span){(const uint8_t *)lines[i], strlen(lines[i])},
		    &key);

		assert_non_null(fault);
		assert_null(strstr(fault, "xyzzy"));
	}
}

static void
found_by_id(void **state)
{
	static const uint32_t ids[] = {1, 2, 7, 65535, 4294967295};
	struct ntp_key table[5] = {{0}};

	(void)state;
	for (size_t i = 0; i < 5; i++)
		table[i].id = ids[i];
	for (size_t count = 0; count <= 5; count++) {
		for (size_t i = 0; i < 5; i++)
			assert_int_equal(ntp_key_find(table, count, ids[i]),
			    i < count ? i : count);
		assert_int_equal(ntp_key_find(table, count, 0), count);
		assert_int_equal(ntp_key_find(table, count, 8), count);
		assert_int_equal(ntp_key_find(table, count, 4294967294), count);
	}
	assert_int_equal(ntp_key_find(NULL, 0, 1), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("keys as chrony and ntpd write them", forms),
	    TEST("spaces and comments", spaces_and_comments),
	    TEST("mistakes in IDs", ids),
	    TEST("mistakes in words and types", words),
	    TEST("mistakes in keys", keys),
	    TEST("a mistake tells no secret", nothing_is_told),
	    TEST("a key is found by its ID", found_by_id),
	};

	return cmocka_run_group_tests_name("ntp_key_text", tests, NULL, NULL);
}
