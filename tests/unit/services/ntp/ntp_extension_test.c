/* ntp_extension_test.c — the numbers are those of the time requirements. */
#include "services/ntp/ntp_extension.h"

#include "ntp_fixture.h"

enum { BAD = -1 };

static int
read_bytes(const uint8_t *bytes, size_t len)
{
	size_t mac_len;

	return ntp_extension_read((struct span){bytes, len}, &mac_len)
	           ? (int)mac_len
	           : BAD;
}

/* Fields of the sizes in FIELDS (0 ends them), then MAC bytes: the MAC's
 * length, or BAD. */
static int
read_fields(const size_t *fields, size_t mac)
{
	uint8_t bytes[NTP_FIXTURE_SIZE] = {0};
	size_t len = 0;

	for (; *fields != 0; fields++) {
		bytes_put16be(bytes + len, 0x2004);
		bytes_put16be(bytes + len + 2, (uint16_t)*fields);
		len += *fields;
	}
	if (mac != 0)
		bytes_put32be(bytes + len, 1);
	return read_bytes(bytes, len + mac);
}

static void
fields(void **state)
{
	(void)state;
	assert_int_equal(read_fields((size_t[]){0}, 0), 0);
	assert_int_equal(read_fields((size_t[]){28, 0}, 0), 0);
	assert_int_equal(read_fields((size_t[]){32, 0}, 0), 0);
	assert_int_equal(read_fields((size_t[]){16, 28, 0}, 0), 0);
	assert_int_equal(read_fields((size_t[]){512, 16, 600, 0}, 0), 0);
}

static void
fields_that_are_too_short(void **state)
{
	(void)state;
	assert_int_equal(read_fields((size_t[]){16, 0}, 0), BAD);
	assert_int_equal(read_fields((size_t[]){28, 16, 0}, 0), BAD);
	assert_int_equal(read_fields((size_t[]){12, 28, 0}, 0), BAD);
	assert_int_equal(read_fields((size_t[]){30, 34, 0}, 0), BAD);
}

/* A field of 64 bytes says that it has LEN. */
static void
lengths_that_lie(void **state)
{
	uint8_t bytes[64] = {0x20, 0x04};

	(void)state;
	for (uint16_t len = 0; len < 80; len++) {
		bytes_put16be(bytes + 2, len);
		int found = read_bytes(bytes, sizeof(bytes));

		/* What 36 or more leave is too short for a second field, and
		 * may have the size of a MAC. */
		if (len == 64)
			assert_int_equal(found, 0);
		else if (len == 40 || len == 44 || len == 60)
			assert_int_equal(found, 64 - len);
		else
			assert_int_equal(found, BAD);
	}
	bytes_put16be(bytes + 2, UINT16_MAX);
	assert_int_equal(read_bytes(bytes, sizeof(bytes)), BAD);
}

static void
macs(void **state)
{
	static const size_t sizes[] = {4, 20, 24};

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		int size = (int)sizes[i];

		assert_int_equal(read_fields((size_t[]){0}, sizes[i]), size);
		assert_int_equal(
		    read_fields((size_t[]){28, 28, 0}, sizes[i]), size);
	}
	/* Behind a field that could not be the last. */
	assert_int_equal(read_fields((size_t[]){16, 0}, 20), 20);
	assert_int_equal(read_fields((size_t[]){16, 0}, 24), 24);
	/* … which itself, with a crypto-NAK, is as long as a MAC. */
	assert_int_equal(read_fields((size_t[]){16, 0}, 4), 20);
	/* A longer one, of SHA-256: key 1 is no field's length. */
	assert_int_equal(read_fields((size_t[]){0}, 36), BAD);
	for (size_t size = 8; size <= 16; size += 4)
		assert_int_equal(read_fields((size_t[]){0}, size), BAD);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("TIME 20, RFC 7822 §3: unknown fields are skipped", fields),
	    TEST("TIME 20, RFC 7822 §3: a sole field of 16 bytes is none",
	        fields_that_are_too_short),
	    TEST("TIME 20, RFC 7822 §3: fields' lengths", lengths_that_lie),
	    TEST("TIME 21, RFC 7822 §3: MACs and crypto-NAKs", macs),
	};

	return cmocka_run_group_tests_name("ntp_extension", tests, NULL, NULL);
}
