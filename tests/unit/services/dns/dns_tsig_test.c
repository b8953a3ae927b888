/* dns_tsig_test.c — queries that are signed with a key that we do not have. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "query_fixture.h"

#define ALGORITHM "\13hmac-sha256\0"
#define TIME "\0\1\2\3\4\5\1\54"
#define MAC "\0\4mac!"
#define ID "\x43\x21"

/* Adds a TSIG record of OWNER whose RDATA are the LEN bytes at RDATA. */
static void
add_tsig(struct query *query, const char *owner, size_t owner_len,
    const char *rdata, size_t len)
{
	uint8_t fixed[DNS_RECORD_FIXED] = {0, DNS_TYPE_TSIG, 0, DNS_CLASS_ANY};

	bytes_put16be(fixed + 8, (uint16_t)len);
	query_add(query, owner, owner_len);
	query_add(query, fixed, sizeof(fixed));
	query_add(query, rdata, len);
	query->bytes[11]++;
}

static const char rdata[] = ALGORITHM TIME MAC ID "\0\0\0\0";

enum { RDATA_LEN = sizeof(rdata) - 1 };

#define ALGORITHM_HEX "0b686d61632d73686132353600"
#define BADKEY                                                                 \
	" 0 TYPE250 " ALGORITHM_HEX "000102030405012c"                         \
	"0000"                                                                 \
	"4321"                                                                 \
	"0011"                                                                 \
	"0000\n"
#define QUESTION "? www.example. A\n"

static void
dns_59_rfc_8945_5_2_1_a_key_that_we_do_not_have(void **state)
{
	struct query_fixture *fixture = query_fixture();
	struct query query = query_for("www.example", DNS_TYPE_A);
	struct query with_edns = query;

	(void)state;
	add_tsig(&query, "\3Key\0", 5, rdata, RDATA_LEN);
	assert_string_equal(query_answer(fixture, &query, DNS_OUTCOME_NOTAUTH),
	    "qr NOTAUTH\n" QUESTION "additional Key." BADKEY);
	query_add_opt(&with_edns, 512, 0x8000);
	add_tsig(&with_edns, "\3Key\0", 5, rdata, RDATA_LEN);
	assert_string_equal(
	    query_answer(fixture, &with_edns, DNS_OUTCOME_NOTAUTH),
	    "qr NOTAUTH\n" QUESTION "opt 1232 do\nadditional Key." BADKEY);
}

/* Whatever was to be done: a NOTIFY, an update, a transfer. */
static void
dns_59_rfc_8945_5_2_before_all_else(void **state)
{
	struct query_fixture *fixture = query_fixture();

	(void)state;
	for (unsigned opcode = 0; opcode <= 5; opcode += opcode == 0 ? 4 : 1) {
		struct query query = query_for("elsewhere", DNS_TYPE_AXFR);

		query.bytes[2] = (uint8_t)(opcode << 3);
		add_tsig(&query, "\3Key\0", 5, rdata, RDATA_LEN);
		assert_non_null(
		    strstr(query_answer(fixture, &query, DNS_OUTCOME_NOTAUTH),
		        "additional Key." BADKEY));
	}
}

/* The key's name may be written by a pointer, as owners may. */
static void
rfc_1035_4_1_4_a_compressed_key(void **state)
{
	struct query_fixture *fixture = query_fixture();
	struct query query = query_for("www.example", DNS_TYPE_A);
	struct query wrong = query, loop = query;

	(void)state;
	add_tsig(&query, "\1k\300\020", 4, rdata, RDATA_LEN);
	assert_string_equal(query_answer(fixture, &query, DNS_OUTCOME_NOTAUTH),
	    "qr NOTAUTH\n" QUESTION "additional k.example." BADKEY);
	add_tsig(&wrong, "\300\021", 2, rdata, RDATA_LEN); /* into a label */
	assert_string_equal(query_answer(fixture, &wrong, DNS_OUTCOME_FORMERR),
	    "qr FORMERR\n" QUESTION);
	add_tsig(&loop, "\1k\300\035", 4, rdata, RDATA_LEN); /* itself */
	assert_string_equal(query_answer(fixture, &loop, DNS_OUTCOME_FORMERR),
	    "qr FORMERR\n" QUESTION);
}

/* RDATA cut off anywhere, with an overlong part, or with too much behind it. */
static void
dns_59_rfc_8945_5_2_malformed(void **state)
{
	struct query_fixture *fixture = query_fixture();
	char longer[RDATA_LEN + 1];

	(void)state;
	memcpy(longer, rdata, sizeof(longer));
	for (size_t len = 0; len <= RDATA_LEN + 1; len++) {
		struct query query = query_for("www.example", DNS_TYPE_A);

		if (len == RDATA_LEN)
			continue;
		add_tsig(&query, "\3Key\0", 5, longer, len);
		assert_string_equal(
		    query_answer(fixture, &query, DNS_OUTCOME_FORMERR),
		    "qr FORMERR\n" QUESTION);
	}
	static const struct {
		size_t at;
		char byte;
	} faults[] = {
	    {0, '\300'},          /* a compressed algorithm */
	    {0, 63},              /* one without an end */
	    {13 + 8, 1},          /* a MAC of 260 bytes */
	    {RDATA_LEN - 1, 1},   /* other data that is not there */
	    {RDATA_LEN - 2, '\1'} /* and more of it */
	};
	for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
		struct query query = query_for("www.example", DNS_TYPE_A);
		char broken[RDATA_LEN];

		memcpy(broken, rdata, RDATA_LEN);
		broken[faults[i].at] = faults[i].byte;
		add_tsig(&query, "\3Key\0", 5, broken, RDATA_LEN);
		assert_string_equal(
		    query_answer(fixture, &query, DNS_OUTCOME_FORMERR),
		    "qr FORMERR\n" QUESTION);
	}
}

/* Names of 255 bytes, three of them: the record is left out, not cut. */
static void
rfc_8945_5_3_no_room(void **state)
{
	struct query_fixture *fixture = query_fixture();
	char name[255], wire[600];
	size_t len = 255;

	(void)state;
	memset(name, 'x', sizeof(name));
	for (size_t i = 0; i < 4; i++)
		name[64 * i] = i < 3 ? 63 : 61;
	name[254] = '\0';
	struct query query = query_header(0);
	query.bytes[5] = 1;
	query_add(&query, name, len);
	query_add(&query, "\0\1\0\1", 4);
	memcpy(wire, name, len);
	memcpy(wire + len, rdata + 13, RDATA_LEN - 13);
	add_tsig(&query, name, len, wire, len + RDATA_LEN - 13);
	assert_null(strstr(
	    query_answer(fixture, &query, DNS_OUTCOME_NOTAUTH), "additional"));
	fixture->context.transport = TRANSPORT_TCP;
	assert_non_null(strstr(
	    query_answer(fixture, &query, DNS_OUTCOME_NOTAUTH), "additional"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(dns_59_rfc_8945_5_2_1_a_key_that_we_do_not_have),
	    cmocka_unit_test(dns_59_rfc_8945_5_2_before_all_else),
	    cmocka_unit_test(rfc_1035_4_1_4_a_compressed_key),
	    cmocka_unit_test(dns_59_rfc_8945_5_2_malformed),
	    cmocka_unit_test(rfc_8945_5_3_no_room),
	};

	return cmocka_run_group_tests_name("dns_tsig", tests, NULL, NULL);
}
