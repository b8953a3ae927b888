/* dns_file_wire.c — questions and answers, byte by byte, in the daemon's log.
 */
#include "services/dns/dns_file_wire.h"

#include "core/log.h"
#include "services/dns/dns_wire.h"
#include "services/dns/dns_wire_text.h"

#include <inttypes.h>
#include <string.h>

enum {
	SECOND_MS = 1000,
	/* Of one message: what a datagram of ours can be. */
	BYTES_MAX = DNS_UDP_MAX,
};

static void
say(const char *line)
{
	log_line(line, strlen(line));
}

/* The lectures' form: a title, then nothing but bytes. */
static void
write_message(const char *title, struct span message)
{
	char row[DNS_WIRE_TEXT_ROW];
	size_t more = message.len > BYTES_MAX ? message.len - BYTES_MAX : 0;
	size_t len;

	say(title);
	if (message.len == 0)
		say("none");
	message.len -= more;
	while ((len = dns_wire_text_row(&message, row)) > 0)
		log_line(row, len);
	if (more > 0)
		log_info("%zu bytes more", more);
}

static bool
is_left_out(struct dns_file_wire *log, uint64_t now_ms)
{
	if (now_ms >= log->second_ends_ms) {
		log->second_ends_ms = now_ms + SECOND_MS;
		log->count = 0;
	}
	if (log->count == DNS_FILE_WIRE_A_SECOND) {
		log->unsaid++;
		return true;
	}
	log->count++;
	return false;
}

void
dns_file_wire_add(
    struct dns_file_wire *log, const struct dns_file_wire_exchange *exchange)
{
	char peer[ADDR_TEXT_MAX];

	if (is_left_out(log, exchange->now_ms))
		return;
	log_info("%s asks over %s:", addr_format(exchange->peer, peer),
	    exchange->transport == TRANSPORT_UDP ? "UDP" : "TCP");
	write_message("Request:", exchange->request);
	write_message("Response:", exchange->response);
}

void
dns_file_wire_flush(struct dns_file_wire *log)
{
	if (log->unsaid > 0)
		log_info("log_wire: %" PRIu64 " more questions are not shown, "
		         "beyond %d a second",
		    log->unsaid, DNS_FILE_WIRE_A_SECOND);
	log->unsaid = 0;
}
