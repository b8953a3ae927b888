/* dns_transfer.c — where a zone that comes in ends. Pure. */
#include "services/dns/dns_transfer.h"

/* RFC 1982 §3.2: not after KNOWN. */
static bool
is_no_newer(uint32_t serial, uint32_t known)
{
	return (int32_t)(serial - known) <= 0;
}

static enum dns_transfer_state
begin(struct dns_transfer *transfer, bool is_soa, uint32_t serial)
{
	if (!is_soa)
		return DNS_TRANSFER_NO_ZONE;
	transfer->serial = serial;
	return transfer->is_incremental ? DNS_TRANSFER_SECOND
	                                : DNS_TRANSFER_WHOLE;
}

/* A second SOA begins a difference, unless it ends an empty zone. */
static enum dns_transfer_state
choose(const struct dns_transfer *transfer, bool is_soa, uint32_t serial)
{
	if (!is_soa)
		return DNS_TRANSFER_WHOLE;
	return serial == transfer->serial ? DNS_TRANSFER_DONE
	                                  : DNS_TRANSFER_DELETED;
}

enum dns_transfer_state
dns_transfer_take(struct dns_transfer *transfer, bool is_soa, uint32_t serial)
{
	switch (transfer->state) {
	case DNS_TRANSFER_BEGIN:
		transfer->state = begin(transfer, is_soa, serial);
		break;
	case DNS_TRANSFER_SECOND:
		transfer->state = choose(transfer, is_soa, serial);
		break;
	case DNS_TRANSFER_WHOLE:
		if (is_soa)
			transfer->state = DNS_TRANSFER_DONE;
		break;
	case DNS_TRANSFER_DELETED:
		if (is_soa)
			transfer->state = DNS_TRANSFER_ADDED;
		break;
	case DNS_TRANSFER_ADDED:
		if (is_soa)
			transfer->state = serial == transfer->serial
			                      ? DNS_TRANSFER_DONE
			                      : DNS_TRANSFER_DELETED;
		break;
	case DNS_TRANSFER_DONE:
		transfer->state = DNS_TRANSFER_BEHIND;
		break;
	case DNS_TRANSFER_NO_ZONE:
	case DNS_TRANSFER_BEHIND:
		break;
	}
	return transfer->state;
}

enum dns_transfer_state
dns_transfer_end_message(struct dns_transfer *transfer)
{
	if (transfer->state == DNS_TRANSFER_SECOND &&
	    is_no_newer(transfer->serial, transfer->known))
		transfer->state = DNS_TRANSFER_DONE;
	return transfer->state;
}
