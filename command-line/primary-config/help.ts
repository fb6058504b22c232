export const HELP = `
Shows what to put on your primary: key, transfers, NOTIFY, signing. It reads the
stack's state, so it also works when the last "pulumi up" failed: that creates
the key first, and the primary needs it before the rest can work. All zones of
the stack are in one text, in which a key that they share appears once.

Options:
  --stack STACK     the stack (default: the selected one)
  --server SERVER   bind, knot, nsd or powerdns; may be given several times
                    (default: all four)
  --zone ZONE       a zone of the stack; may be given several times (default:
                    all zones)
  --write DIR       writes files of mode 600, with secrets, and says what has
                    changed since they were last written:
                      secondary-dns.bind.conf    secondary-dns.knot.conf
                      secondary-dns.nsd.conf     secondary-dns.powerdns.sh
  --show-secrets    shows the secrets instead of placeholders
  --cloudflare-addresses FILE
                    for a lab: the program's cloudflareAddresses, as JSON, if
                    the state does not have them
  -h, --help        this text

Examples:
  npx pulumi-secondary-dns primary-config --server knot
  npx pulumi-secondary-dns primary-config --server bind --show-secrets |
    ssh ns1 'install -m 640 -g bind /dev/stdin /etc/bind/secondary-dns.conf'
  npx pulumi-secondary-dns primary-config --write ./primary

It runs "pulumi stack export --show-secrets", so it needs the passphrase, or
whatever else the stack's secrets are encrypted with. Nothing is changed.
`;
