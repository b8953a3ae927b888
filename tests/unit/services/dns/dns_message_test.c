/* dns_message_test.c — the numbers are those of the DNS requirements. */
#include "services/dns/dns_message.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* A message being put together. */
struct builder {
	uint8_t bytes[1024];
	size_t len;
};

static void
add(struct builder *builder, const void *data, size_t len)
{
	assert_true(len <= sizeof(builder->bytes) - builder->len);
	memcpy(builder->bytes + builder->len, data, len);
	builder->len += len;
}

#define ADD(builder, literal) add(builder, literal, sizeof(literal) - 1)

/* Header with RD, and the counts given. */
static struct builder
begin(unsigned qd, unsigned an, unsigned ns, unsigned ar)
{
	const uint8_t header[12] = {0x12, 0x34, 1, 0, 0, (uint8_t)qd, 0,
	    (uint8_t)an, 0, (uint8_t)ns, 0, (uint8_t)ar};
	struct builder builder = {.len = 0};
	add(&builder, header, sizeof(header));
	return builder;
}

static struct builder
begin_question(unsigned an, unsigned ns, unsigned ar)
{
	struct builder builder = begin(1, an, ns, ar);
	ADD(&builder, "\3WwW\4test\0\0\1\0\1");
	return builder;
}

static enum dns_message_kind
parse(const struct builder *builder, struct dns_message *message)
{
	return dns_message_parse(
	    (struct span){builder->bytes, builder->len}, message);
}

static void
expect(const struct builder *builder, enum dns_message_kind kind)
{
	struct dns_message message;
	assert_int_equal(parse(builder, &message), kind);
}

static void
dns_3_rfc_1035_4_1_2_the_question_is_taken_apart(void **state)
{
	(void)state;
	struct builder builder = begin_question(0, 0, 0);
	struct dns_message message;
	assert_int_equal(parse(&builder, &message), DNS_MESSAGE_QUERY);
	assert_true(message.has_question);
	assert_false(message.has_edns);
	assert_int_equal(message.flags, DNS_FLAG_RD);
	assert_int_equal(message.qtype, DNS_TYPE_A);
	assert_int_equal(message.qclass, DNS_CLASS_IN);
	assert_int_equal(message.question_end, builder.len);
	assert_int_equal(message.udp_size, 512);
	assert_int_equal(message.qname_len, 10);
	assert_memory_equal(message.qname, "\3www\4test", 10);
	assert_int_equal(message.label_count, 2);
	assert_int_equal(message.label_at[0], 0);
	assert_int_equal(message.label_at[1], 4);
	assert_int_equal(message.label_at[2], 9);
}

static void
rfc_1035_4_1_2_the_root_s_name(void **state)
{
	(void)state;
	struct builder builder = begin(1, 0, 0, 0);
	ADD(&builder, "\0\0\2\0\1");
	struct dns_message message;
	assert_int_equal(parse(&builder, &message), DNS_MESSAGE_QUERY);
	assert_int_equal(message.qname_len, 1);
	assert_int_equal(message.label_count, 0);
	assert_int_equal(message.label_at[0], 0);
}

/* Every byte value in one name: only A to Z change. */
static void
dns_32_rfc_4343_3_ascii_letters_fold(void **state)
{
	(void)state;
	for (unsigned base = 0; base < 256; base += 32) {
		struct builder builder = begin(1, 0, 0, 0);
		uint8_t name[38] = {32};
		for (unsigned i = 0; i < 32; i++)
			name[1 + i] = (uint8_t)(base + i);
		name[35] = 1; /* type A, class IN */
		name[37] = 1;
		add(&builder, name, sizeof(name));
		struct dns_message message;
		assert_int_equal(parse(&builder, &message), DNS_MESSAGE_QUERY);
		for (unsigned i = 0; i < 32; i++) {
			unsigned c = base + i;
			unsigned lower = c >= 'A' && c <= 'Z' ? c + 32 : c;
			assert_int_equal(message.qname[1 + i], lower);
		}
	}
}

static void
dns_4_rfc_1035_4_1_1_responses_are_dropped(void **state)
{
	(void)state;
	struct builder builder = begin_question(0, 0, 0);
	builder.bytes[2] |= 0x80;
	expect(&builder, DNS_MESSAGE_SILENT);
	builder.bytes[2] = 0xff; /* whatever else is wrong with it */
	builder.bytes[5] = 7;
	expect(&builder, DNS_MESSAGE_SILENT);
}

static void
dns_5_rfc_1035_4_1_1_short_messages_are_dropped(void **state)
{
	(void)state;
	struct builder builder = begin_question(0, 0, 0);
	for (builder.len = 0; builder.len < 12; builder.len++)
		expect(&builder, DNS_MESSAGE_SILENT);
}

static void
dns_6_rfc_8906_8_1_4_other_opcodes(void **state)
{
	(void)state;
	for (unsigned opcode = 1; opcode < 16; opcode++) {
		struct builder builder = begin_question(0, 0, 0);
		builder.bytes[2] = (uint8_t)(opcode << 3);
		if (opcode == 4 || opcode == 5) {
			expect(&builder, DNS_MESSAGE_CHANGE);
			builder.len--;
			expect(&builder, DNS_MESSAGE_FORMERR);
			continue;
		}
		expect(&builder, DNS_MESSAGE_NOTIMP);
		builder.len = 12; /* nothing but a header */
		expect(&builder, DNS_MESSAGE_NOTIMP);
	}
}

static void
dns_7_rfc_1035_4_1_2_no_question(void **state)
{
	(void)state;
	struct builder builder = begin(0, 0, 0, 0);
	expect(&builder, DNS_MESSAGE_FORMERR);
}

static void
dns_8_rfc_9619_4_two_questions(void **state)
{
	(void)state;
	struct builder builder = begin_question(0, 0, 0);
	builder.bytes[5] = 2;
	ADD(&builder, "\3www\4test\0\0\1\0\1");
	expect(&builder, DNS_MESSAGE_FORMERR);
	builder.bytes[4] = 1; /* 258 of them */
	expect(&builder, DNS_MESSAGE_FORMERR);
}

static void
dns_9_rfc_1035_4_1_4_bad_names(void **state)
{
	(void)state;
	static const char *const names[] = {
	    "\300\014\0\1\0\1",    /* a pointer at itself */
	    "\300\040\0\1\0\1",    /* forward */
	    "\300\004\0\1\0\1",    /* into the header */
	    "\1a\300\014\0\1\0\1", /* a loop */
	    "\100aaaa\0\0\1\0\1",  /* label type 01 */
	    "\200aaaa\0\0\1\0\1",  /* label type 10 */
	};
	static const size_t lens[] = {6, 6, 6, 8, 10, 10};
	for (size_t i = 0; i < sizeof(lens) / sizeof(lens[0]); i++) {
		struct builder builder = begin(1, 0, 0, 0);
		add(&builder, names[i], lens[i]);
		expect(&builder, DNS_MESSAGE_FORMERR);
	}
}

static void
dns_9_rfc_1035_4_1_2_a_question_cut_off(void **state)
{
	(void)state;
	struct builder whole = begin_question(0, 0, 0);
	for (size_t len = 12; len < whole.len; len++) {
		struct builder builder = whole;
		builder.len = len;
		struct dns_message message;
		assert_int_equal(
		    parse(&builder, &message), DNS_MESSAGE_FORMERR);
		assert_false(message.has_question);
		assert_int_equal(message.question_end, 12);
	}
}

/* A name of LEN bytes in labels of at most 63. */
static void
add_long_name(struct builder *builder, size_t len)
{
	uint8_t name[300] = {0};
	size_t at = 0;
	while (at < len - 1) {
		size_t label = len - 2 - at > 63 ? 63 : len - 2 - at;
		name[at] = (uint8_t)label;
		memset(name + at + 1, 'a', label);
		at += label + 1;
	}
	add(builder, name, len);
	ADD(builder, "\0\1\0\1");
}

static void
dns_9_12_rfc_1035_2_3_4_the_longest_name(void **state)
{
	(void)state;
	struct builder builder = begin(1, 0, 0, 0);
	add_long_name(&builder, 255);
	struct dns_message message;
	assert_int_equal(parse(&builder, &message), DNS_MESSAGE_QUERY);
	assert_int_equal(message.qname_len, 255);
	builder = begin(1, 0, 0, 0);
	add_long_name(&builder, 256);
	expect(&builder, DNS_MESSAGE_FORMERR);
}

static void
dns_12_rfc_1035_2_3_4_most_labels(void **state)
{
	(void)state;
	struct builder builder = begin(1, 0, 0, 0);
	for (unsigned i = 0; i < 127; i++)
		ADD(&builder, "\1a");
	ADD(&builder, "\0\0\1\0\1");
	struct dns_message message;
	assert_int_equal(parse(&builder, &message), DNS_MESSAGE_QUERY);
	assert_int_equal(message.label_count, 127);
	assert_int_equal(message.label_at[127], 254);
}

static void
dns_10_rfc_1035_4_1_1_promised_records_absent(void **state)
{
	(void)state;
	for (unsigned section = 0; section < 3; section++) {
		struct builder builder =
		    begin_question(section == 0, section == 1, section == 2);
		expect(&builder, DNS_MESSAGE_FORMERR);
		ADD(&builder, "\0\0\1\0\1\0\0\0\0\0\4abcd");
		expect(&builder, DNS_MESSAGE_QUERY);
		while (builder.len-- > 22)
			expect(&builder, DNS_MESSAGE_FORMERR);
	}
}

/* The message is tolerated as long as its names can be skipped. */
static void
dns_11_rfc_1035_4_1_other_records_are_skipped(void **state)
{
	(void)state;
	struct builder builder = begin_question(1, 0, 0);
	ADD(&builder, "\1x\300\014\0\1\0\1\0\0\0\0\0\0");
	expect(&builder, DNS_MESSAGE_QUERY);
	builder.bytes[29] = 26; /* the pointer now at its own owner name */
	expect(&builder, DNS_MESSAGE_FORMERR);
	builder.bytes[29] = 60; /* forward */
	expect(&builder, DNS_MESSAGE_FORMERR);
	builder.bytes[29] = 3; /* the header */
	expect(&builder, DNS_MESSAGE_FORMERR);
}

static void
dns_41_rfc_3225_3_size_and_do(void **state)
{
	(void)state;
	struct builder builder = begin_question(0, 0, 1);
	ADD(&builder, "\0\0\51\20\0\0\0\200\0\0\0");
	struct dns_message message;
	assert_int_equal(parse(&builder, &message), DNS_MESSAGE_QUERY);
	assert_true(message.has_edns);
	assert_true(message.is_dnssec_ok);
	assert_int_equal(message.udp_size, 4096);
	builder.bytes[builder.len - 4] = 0x7f; /* all flags but DO */
	assert_int_equal(parse(&builder, &message), DNS_MESSAGE_QUERY);
	assert_false(message.is_dnssec_ok);
}

static void
dns_39_rfc_6891_6_2_3_less_than_512_is_512(void **state)
{
	(void)state;
	struct builder builder = begin_question(0, 0, 1);
	ADD(&builder, "\0\0\51\0\1\0\0\0\0\0\0");
	struct dns_message message;
	assert_int_equal(parse(&builder, &message), DNS_MESSAGE_QUERY);
	assert_int_equal(message.udp_size, 512);
}

static void
dns_38_rfc_6891_6_1_3_a_later_version(void **state)
{
	(void)state;
	struct builder builder = begin_question(0, 0, 1);
	ADD(&builder, "\0\0\51\20\0\0\1\200\0\0\6\0\3\0\0abc");
	builder.bytes[builder.len - 8] = 7; /* data of a form unknown to us */
	struct dns_message message;
	assert_int_equal(parse(&builder, &message), DNS_MESSAGE_BADVERS);
	assert_true(message.has_edns);
	assert_true(message.is_dnssec_ok);
	builder.bytes[11] = 2; /* and a record that is not there */
	expect(&builder, DNS_MESSAGE_FORMERR);
}

static void
dns_40_rfc_6891_6_1_1_one_opt_in_its_place(void **state)
{
	(void)state;
	static const char record[] = "\0\0\51\20\0\0\0\0\0\0\0";
	for (unsigned section = 0; section < 2; section++) {
		struct builder builder =
		    begin_question(section == 0, section == 1, 0);
		add(&builder, record, 11);
		expect(&builder, DNS_MESSAGE_FORMERR);
	}
	struct builder twice = begin_question(0, 0, 2);
	add(&twice, record, 11);
	add(&twice, record, 11);
	expect(&twice, DNS_MESSAGE_FORMERR);
	struct builder owned = begin_question(0, 0, 1);
	ADD(&owned, "\1a");
	add(&owned, record, 11);
	expect(&owned, DNS_MESSAGE_FORMERR);
}

static void
dns_40_rfc_6891_6_1_2_options_fill_their_record(void **state)
{
	(void)state;
	struct builder builder = begin_question(0, 0, 1);
	ADD(&builder, "\0\0\51\20\0\0\0\0\0\0\13\0\3\0\0\0\12\0\3abc");
	expect(&builder, DNS_MESSAGE_QUERY);
	builder.bytes[builder.len - 4] = 4; /* one byte over the end */
	expect(&builder, DNS_MESSAGE_FORMERR);
	builder.bytes[builder.len - 4] = 2; /* one byte left over */
	expect(&builder, DNS_MESSAGE_FORMERR);
}

/* Those that we know are found in one pass, wherever they stand. */
static void
dns_41_rfc_6891_6_1_2_known_options(void **state)
{
	(void)state;
	struct builder builder = begin_question(0, 0, 1);
	ADD(&builder, "\0\0\51\20\0\0\0\0\0\0\43"
	              "\xff\xfe\0\1x"
	              "\0\12\0\2ab"
	              "\0\3\0\0"
	              "\0\12\0\10abcdefgh"
	              "\0\13\0\0"
	              "\0\0\0\0");
	struct dns_message message;
	assert_int_equal(parse(&builder, &message), DNS_MESSAGE_QUERY);
	assert_int_equal(message.options,
	    DNS_MESSAGE_COOKIE | DNS_MESSAGE_NSID | DNS_MESSAGE_KEEPALIVE);
	assert_int_equal(message.cookie.len, 2);
	assert_memory_equal(message.cookie.data, "ab", 2);
	builder = begin_question(0, 0, 1);
	ADD(&builder, "\0\0\51\20\0\0\0\0\0\0\5\0\13\0\1x");
	assert_int_equal(parse(&builder, &message), DNS_MESSAGE_QUERY);
	assert_int_equal(
	    message.options, DNS_MESSAGE_KEEPALIVE | DNS_MESSAGE_TIMEOUT);
}

static void
dns_7_rfc_7873_5_4_no_question_but_a_cookie(void **state)
{
	(void)state;
	struct builder builder = begin(0, 0, 0, 1);
	ADD(&builder, "\0\0\51\20\0\0\0\0\0\0\4\0\12\0\0");
	struct dns_message message;
	assert_int_equal(parse(&builder, &message), DNS_MESSAGE_FETCH);
	assert_false(message.has_question);
	assert_int_equal(message.question_end, 12);
	builder.bytes[builder.len - 3] = 3;
	assert_int_equal(parse(&builder, &message), DNS_MESSAGE_FORMERR);
	assert_true(message.has_edns);
	builder.len--;
	expect(&builder, DNS_MESSAGE_FORMERR);
}

/* What stands behind the only OPT record is not looked at, as it is not behind
 * the question of a query without one. */
static void
bytes_behind_the_last_record(void **state)
{
	(void)state;
	struct builder builder = begin_question(0, 0, 1);
	ADD(&builder, "\0\0\51\20\0\0\0\0\0\0\0rest");
	struct dns_message message;
	assert_int_equal(parse(&builder, &message), DNS_MESSAGE_QUERY);
	assert_true(message.has_edns);
	assert_int_equal(message.udp_size, 4096);
}

static void
rfc_8945_5_1_tsig_comes_last(void **state)
{
	(void)state;
	static const char record[] = "\1k\0\0\372\0\377\0\0\0\0\0\1x";
	struct builder builder = begin_question(0, 0, 2);
	ADD(&builder, "\0\0\51\20\0\0\0\0\0\0\0");
	size_t at = builder.len;
	add(&builder, record, sizeof(record) - 1);
	struct dns_message message;
	assert_int_equal(parse(&builder, &message), DNS_MESSAGE_QUERY);
	assert_int_equal(message.tsig_at, at);
	struct builder last = begin_question(0, 0, 2);
	add(&last, record, sizeof(record) - 1);
	ADD(&last, "\0\0\51\20\0\0\0\0\0\0\0");
	expect(&last, DNS_MESSAGE_FORMERR);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(dns_3_rfc_1035_4_1_2_the_question_is_taken_apart),
	    cmocka_unit_test(rfc_1035_4_1_2_the_root_s_name),
	    cmocka_unit_test(dns_32_rfc_4343_3_ascii_letters_fold),
	    cmocka_unit_test(dns_4_rfc_1035_4_1_1_responses_are_dropped),
	    cmocka_unit_test(dns_5_rfc_1035_4_1_1_short_messages_are_dropped),
	    cmocka_unit_test(dns_6_rfc_8906_8_1_4_other_opcodes),
	    cmocka_unit_test(dns_7_rfc_1035_4_1_2_no_question),
	    cmocka_unit_test(dns_8_rfc_9619_4_two_questions),
	    cmocka_unit_test(dns_9_rfc_1035_4_1_4_bad_names),
	    cmocka_unit_test(dns_9_rfc_1035_4_1_2_a_question_cut_off),
	    cmocka_unit_test(dns_9_12_rfc_1035_2_3_4_the_longest_name),
	    cmocka_unit_test(dns_12_rfc_1035_2_3_4_most_labels),
	    cmocka_unit_test(dns_10_rfc_1035_4_1_1_promised_records_absent),
	    cmocka_unit_test(dns_11_rfc_1035_4_1_other_records_are_skipped),
	    cmocka_unit_test(dns_41_rfc_3225_3_size_and_do),
	    cmocka_unit_test(dns_39_rfc_6891_6_2_3_less_than_512_is_512),
	    cmocka_unit_test(dns_38_rfc_6891_6_1_3_a_later_version),
	    cmocka_unit_test(dns_40_rfc_6891_6_1_1_one_opt_in_its_place),
	    cmocka_unit_test(dns_40_rfc_6891_6_1_2_options_fill_their_record),
	    cmocka_unit_test(dns_41_rfc_6891_6_1_2_known_options),
	    cmocka_unit_test(dns_7_rfc_7873_5_4_no_question_but_a_cookie),
	    cmocka_unit_test(bytes_behind_the_last_record),
	    cmocka_unit_test(rfc_8945_5_1_tsig_comes_last),
	};
	return cmocka_run_group_tests_name("dns_message", tests, NULL, NULL);
}
