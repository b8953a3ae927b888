/* dns_options.c — what EDNS says. */
#include "client/dns/dns_options.h"

#include "core/bytes.h"
#include "services/dns/dns_code.h"
#include "services/dns/dns_cookie.h"
#include "services/dns/dns_mnemonic.h"

static void
print_hex(const struct screen *screen, struct span data)
{
	fputs(screen_begin(screen, STYLE_DATA), screen->out);
	for (size_t i = 0; i < data.len; i++)
		fprintf(screen->out, "%02x", data.data[i]);
	fputs(screen_end(screen, STYLE_DATA), screen->out);
}

/* RFC 5001 §2.4: bytes; most servers have a name in them. */
static void
print_nsid(const struct screen *screen, struct span data)
{
	fputc('"', screen->out);
	screen_bytes(screen, STYLE_DATA, data);
	fputc('"', screen->out);
}

static void
print_cookie(const struct screen *screen, struct span data)
{
	print_hex(screen, data);
	if (!dns_cookie_is_length(data.len))
		screen_print(screen, STYLE_BAD, " of a wrong length");
	else if (data.len == DNS_COOKIE_CLIENT_SIZE)
		screen_print(screen, STYLE_NOTE, " ours, the server has none");
}

/* RFC 8914 §2: a number, and maybe text. */
static void
print_error(const struct screen *screen, struct span data)
{
	if (data.len < 2) {
		print_hex(screen, data);
		return;
	}
	unsigned code = bytes_get16be(data.data);
	const char *name = dns_code_extended_error(code);

	screen_print(screen, STYLE_DATA, "%u %s", code,
	    name == NULL ? "not assigned" : name);
	if (data.len == 2)
		return;
	screen_print(screen, STYLE_NOTE, ": ");
	screen_bytes(
	    screen, STYLE_DATA, (struct span){data.data + 2, data.len - 2});
}

/* RFC 7828 §3.1: in tenths of a second. */
static void
print_keepalive(const struct screen *screen, struct span data)
{
	if (data.len == 2)
		screen_print(screen, STYLE_TTL, "%.1f s",
		    bytes_get16be(data.data) / 10.0);
	else
		print_hex(screen, data);
}

static void
print_option(const struct screen *screen, uint16_t code, struct span data)
{
	char text[DNS_MNEMONIC_MAX];

	screen_print(
	    screen, STYLE_NOTE, ";; %s: ", dns_mnemonic_option(code, text));
	switch (code) {
	case DNS_OPTION_NSID:
		print_nsid(screen, data);
		break;
	case DNS_OPTION_COOKIE:
		print_cookie(screen, data);
		break;
	case DNS_OPTION_EDE:
		print_error(screen, data);
		break;
	case DNS_OPTION_KEEPALIVE:
		print_keepalive(screen, data);
		break;
	default:
		print_hex(screen, data);
		break;
	}
	fputc('\n', screen->out);
}

void
dns_options_print(const struct screen *screen, const struct dns_view_edns *edns)
{
	struct span options = edns->options, data;
	uint16_t code;

	screen_print(screen, STYLE_NOTE, ";; EDNS version %u, %u bytes of UDP",
	    edns->version, edns->udp_size);
	if (edns->is_dnssec_ok)
		screen_print(screen, STYLE_FLAGS, ", DO signatures");
	fputc('\n', screen->out);
	while (dns_view_option(&options, &code, &data))
		print_option(screen, code, data);
}
