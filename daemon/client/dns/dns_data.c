/* dns_data.c — RDATA as text. */
#include "client/dns/dns_data.h"

#include "services/dns/dns_name.h"
#include "services/dns/dns_text_record.h"

struct span
dns_data_text(struct span message, const struct dns_view_record *record)
{
	static uint8_t space[DNS_TEXT_MAX];
	struct dns_text text =
	    dns_text_open((struct space){space, sizeof(space)});

	dns_text_record_data(&text, record->data_type, message.data,
	    record->data_at, record->data_len);
	return (struct span){space, text.len};
}

struct span
dns_data_name(const struct dns_view_record *record)
{
	static char text[DNS_NAME_TEXT_MAX];

	return span_of(dns_name_format(record->name, text));
}
