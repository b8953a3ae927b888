/* dns_fetch.c — a zone comes in. */
#include "client/dns/dns_fetch.h"

#include "client/complain.h"
#include "client/dns/dns_json.h"
#include "client/dns/dns_print.h"
#include "client/dns/dns_verdict.h"
#include "client/verb.h"
#include "core/bytes.h"
#include "services/dns/dns_transfer.h"
#include "services/dns/dns_view.h"

struct fetch {
	struct dns_ask *ask;
	const struct screen *screen;
	struct dns_transfer transfer;
	uint64_t messages, records, bytes;
};

static uint32_t
serial_of(struct span message, const struct dns_view_record *record)
{
	size_t end = record->data_at + record->data_len;

	return record->type == DNS_TYPE_SOA
	           ? bytes_get32be(message.data + end - DNS_SOA_SERIAL)
	           : 0;
}

/* Tells the transfer of all answers of the message, which is well made. */
static enum dns_transfer_state
take_records(struct fetch *fetch)
{
	struct span message = fetch->ask->reply;
	struct dns_view view = dns_view_open(message);
	struct dns_view_record record;

	while (dns_view_next(&view, &record))
		if (record.section == DNS_VIEW_ANSWER) {
			(void)dns_transfer_take(&fetch->transfer,
			    record.type == DNS_TYPE_SOA,
			    serial_of(message, &record));
			fetch->records++;
		}
	return dns_transfer_end_message(&fetch->transfer);
}

static void
print_records(const struct fetch *fetch)
{
	struct span message = fetch->ask->reply;
	struct dns_view view = dns_view_open(message);
	struct dns_view_record record;

	while (dns_view_next(&view, &record))
		if (record.section == DNS_VIEW_ANSWER)
			dns_print_record(fetch->screen, message, &record);
}

static int
print_message(const struct fetch *fetch)
{
	const struct options *options = &fetch->ask->task->options;

	if (options->is_json) {
		int result = dns_json_print(fetch->ask);

		/* Each object has the messages since the last. */
		exchange_open(fetch->ask->exchange, options, fetch->screen);
		return result;
	}
	if (options->is_short) {
		dns_print_short(fetch->screen, fetch->ask->reply);
		return VERB_GOOD;
	}
	if (fetch->messages == 1)
		dns_print_head(fetch->screen, fetch->ask->reply);
	print_records(fetch);
	return VERB_GOOD;
}

static int
take_message(struct fetch *fetch)
{
	fetch->messages++;
	fetch->bytes += fetch->ask->reply.len;
	int printed = print_message(fetch);
	int verdict = dns_verdict(fetch->ask);

	if (printed != VERB_GOOD || verdict != VERB_GOOD)
		return printed != VERB_GOOD ? printed : verdict;
	uint64_t before = fetch->records;
	enum dns_transfer_state state = take_records(fetch);
	const char *fault =
	    state == DNS_TRANSFER_NO_ZONE  ? "the first record is no SOA"
	    : state == DNS_TRANSFER_BEHIND ? "records behind the last SOA"
	    : fetch->records == before     ? "a message without records"
	                                   : NULL;

	if (fault != NULL)
		return complain(VERB_MALFORMED, "%s: no zone: %s",
		    fetch->ask->server, fault);
	return VERB_GOOD;
}

static void
print_end(const struct fetch *fetch)
{
	const struct dns_ask *ask = fetch->ask;
	const struct options *options = &ask->task->options;

	if (options->is_json || options->is_short)
		return;
	screen_print(fetch->screen, STYLE_NOTE,
	    ";; %s: %llu records, %llu messages, %llu bytes in %.1f ms",
	    ask->server, (unsigned long long)fetch->records,
	    (unsigned long long)fetch->messages,
	    (unsigned long long)fetch->bytes, ask->ms);
	fputc('\n', fetch->screen->out);
}

int
dns_fetch(struct dns_ask *ask, const struct screen *screen)
{
	struct fetch fetch = {
	    .ask = ask,
	    .screen = screen,
	    .transfer = {.is_incremental = ask->task->type == DNS_TYPE_IXFR,
	        .known = ask->task->serial},
	};
	int result = dns_ask_stream(ask);

	while (result == VERB_GOOD) {
		result = take_message(&fetch);
		if (result != VERB_GOOD ||
		    fetch.transfer.state == DNS_TRANSFER_DONE)
			break;
		result = dns_ask_next(ask);
	}
	if (result == VERB_GOOD)
		print_end(&fetch);
	dns_ask_close(ask);
	return result;
}
