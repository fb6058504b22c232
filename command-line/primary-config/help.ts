export const HELP = `
Shows what to put on your primary: key, transfers, NOTIFY, signing. It reads the
stack's state, so it works also when the last "pulumi up" failed: that makes the
key first, and the primary needs it before the rest can work. All zones of the
stack are in one text, in which a key that they share stands once.

Options:
  --stack STACK     the stack; the one that is selected when left out
  --server SERVER   bind, knot, nsd or powerdns; may be given several times, and
                    all four are shown when left out
  --zone ZONE       a zone of the stack; may be given several times, and all are
                    shown when left out
  --write DIR       writes files of mode 600, secrets and all, and says what has
                    changed since they were written last:
                      secondary-dns.bind.conf    secondary-dns.knot.conf
                      secondary-dns.nsd.conf     secondary-dns.powerdns.sh
  --show-secrets    shows the secrets, for which a placeholder stands otherwise
  --cloudflare-addresses FILE
                    for a laboratory: what the program has in
                    cloudflareAddresses, as JSON, where the state does not
                    have it
  -h, --help        this text

Examples:
  npx pulumi-secondary-dns primary-config --server knot
  npx pulumi-secondary-dns primary-config --server bind --show-secrets |
    ssh ns1 'install -m 640 -g bind /dev/stdin /etc/bind/secondary-dns.conf'
  npx pulumi-secondary-dns primary-config --write ./primary

It runs "pulumi stack export --show-secrets", so it needs the passphrase, or
whatever else the stack's secrets are encrypted with. Nothing is changed.
`;
