/* mac_test.c — RFC 4493 §4, NIST SP 800-38B D.3, and what `openssl mac`, md5
 * and sha1 make of one NTP request. */
#include "core/mac.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define KEY_128 "2b7e151628aed2a6abf7158809cf4f3c"
#define KEY_256                                                                \
	"603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4"
#define KEY_TEXT "736563726574"
#define MESSAGE                                                                \
	"6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"     \
	"30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710"
#define REQUEST                                                                \
	"2308062000000000000000000000000000000000000000000000000000000000"     \
	"0000000000000000e1e2e3e4e5e6e7e8"

struct bytes {
	uint8_t data[80];
	size_t len;
};

static struct bytes
hex(const char *text)
{
	struct bytes bytes = {.len = strlen(text) / 2};

	assert_true(bytes.len <= sizeof(bytes.data));
	for (size_t i = 0; i < bytes.len; i++) {
		unsigned value;

		assert_int_equal(sscanf(text + 2 * i, "%2x", &value), 1);
		bytes.data[i] = (uint8_t)value;
	}
	return bytes;
}

static struct mac *
open_key(enum mac_type type, const char *key)
{
	struct bytes bytes = hex(key);
	struct mac *mac = mac_open(type, (struct span){bytes.data, bytes.len});

	assert_non_null(mac);
	return mac;
}

/* The first LEN bytes of MESSAGE have CODE, every time. */
static void
expect(struct mac *mac, const char *text, size_t len, const char *code)
{
	struct bytes message = hex(text), right = hex(code);
	const struct span span = {message.data, len};
	uint8_t out[MAC_SIZE_MAX];

	for (unsigned i = 0; i < 3; i++) {
		assert_int_equal(mac_write(mac, span, out), right.len);
		assert_memory_equal(out, right.data, right.len);
		assert_true(
		    mac_check(mac, span, (struct span){right.data, right.len}));
	}
}

static void
cmac_of_128_bits(void **state)
{
	struct mac *mac = open_key(MAC_AES128, KEY_128);

	(void)state;
	expect(mac, MESSAGE, 0, "bb1d6929e95937287fa37d129b756746");
	expect(mac, MESSAGE, 16, "070a16b46b4d4144f79bdd9dd04a287c");
	expect(mac, MESSAGE, 40, "dfa66747de9ae63030ca32611497c827");
	expect(mac, MESSAGE, 64, "51f0bebf7e3b9d92fc49741779363cfe");
	expect(mac, REQUEST, 48, "b6ffd5a10ca7eb66cb129d9ed550a48c");
	mac_close(mac);
}

static void
cmac_of_256_bits(void **state)
{
	struct mac *mac = open_key(MAC_AES256, KEY_256);

	(void)state;
	expect(mac, MESSAGE, 0, "028962f61b7bf89efc6b551f4667d983");
	expect(mac, MESSAGE, 16, "28a7023f452e8f82bd4bf28d8c37c35c");
	expect(mac, MESSAGE, 40, "aaf3d8f1de5640c232f5b169b9c911e6");
	expect(mac, MESSAGE, 64, "e1992190549f6ed5696a2c056c315410");
	expect(mac, REQUEST, 48, "7fd04c1567560cb3d48caf5845d60886");
	mac_close(mac);
}

static void
key_before_the_message(void **state)
{
	struct mac *md5 = open_key(MAC_MD5, KEY_TEXT);
	struct mac *sha1 = open_key(MAC_SHA1, KEY_TEXT);

	(void)state;
	expect(md5, REQUEST, 48, "1775b116d2752305265110f1a427bf3d");
	expect(sha1, REQUEST, 48, "b56c837ed6e71baadf3a706d036067d74583ec45");
	mac_close(md5);
	mac_close(sha1);
}

/* What mac_write puts behind a message in place. */
static void
code_behind_its_message(void **state)
{
	struct bytes packet = hex(REQUEST),
	             code = hex("b6ffd5a10ca7eb66cb129d9ed550a48c");
	struct mac *mac = open_key(MAC_AES128, KEY_128);

	(void)state;
	assert_int_equal(
	    mac_write(mac, (struct span){packet.data, 48}, packet.data + 48),
	    16);
	assert_memory_equal(packet.data + 48, code.data, 16);
	mac_close(mac);
}

static void
any_wrong_bit_is_seen(void **state)
{
	struct bytes message = hex(REQUEST);
	struct bytes code = hex("b6ffd5a10ca7eb66cb129d9ed550a48c");
	struct mac *mac = open_key(MAC_AES128, KEY_128);
	const struct span whole = {message.data, 48};
	const struct span right = {code.data, 16};

	(void)state;
	for (size_t bit = 0; bit < (size_t)8 * 16; bit++) {
		code.data[bit / 8] ^= (uint8_t)(1 << bit % 8);
		assert_false(mac_check(mac, whole, right));
		code.data[bit / 8] ^= (uint8_t)(1 << bit % 8);
	}
	for (size_t bit = 0; bit < (size_t)8 * 48; bit++) {
		message.data[bit / 8] ^= (uint8_t)(1 << bit % 8);
		assert_false(mac_check(mac, whole, right));
		message.data[bit / 8] ^= (uint8_t)(1 << bit % 8);
	}
	assert_true(mac_check(mac, whole, right));
	for (size_t len = 0; len <= 20; len++)
		assert_int_equal(
		    mac_check(mac, whole, (struct span){code.data, len}),
		    len == 16);
	mac_close(mac);
}

static void
wrong_lengths_of_keys(void **state)
{
	static const uint8_t key[MAC_KEY_MAX + 1] = {1};

	(void)state;
	for (size_t len = 0; len <= sizeof(key); len++) {
		const struct span span = {key, len};

		for (unsigned i = 0; i < MAC_TYPE_COUNT; i++) {
			enum mac_type type = (enum mac_type)i;
			struct mac *mac = mac_open(type, span);
			bool is_right = len != 0 && len <= MAC_KEY_MAX;

			if (mac_key_size(type) != 0)
				is_right = len == mac_key_size(type);
			assert_int_equal(mac != NULL, is_right);
			mac_close(mac);
		}
	}
}

static void
facts_of_types(void **state)
{
	(void)state;
	assert_string_equal(mac_name(MAC_AES128), "AES128");
	assert_string_equal(mac_name(MAC_SHA1), "SHA1");
	assert_int_equal(mac_size(MAC_AES256), 16);
	assert_int_equal(mac_size(MAC_MD5), 16);
	assert_int_equal(mac_size(MAC_SHA1), MAC_SIZE_MAX);
	assert_false(mac_is_weak(MAC_AES128));
	assert_false(mac_is_weak(MAC_AES256));
	assert_true(mac_is_weak(MAC_MD5));
	assert_true(mac_is_weak(MAC_SHA1));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(cmac_of_128_bits),
	    cmocka_unit_test(cmac_of_256_bits),
	    cmocka_unit_test(key_before_the_message),
	    cmocka_unit_test(code_behind_its_message),
	    cmocka_unit_test(any_wrong_bit_is_seen),
	    cmocka_unit_test(wrong_lengths_of_keys),
	    cmocka_unit_test(facts_of_types),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
