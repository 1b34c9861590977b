#!/usr/bin/perl
# Mail::DKIM, for dkim_check.py; one line or file of output for each file given:
#   dkim_other.pl ZONE verify FILE ...                              prints "rsa-sha256=pass ... arc=none"
#   dkim_other.pl ZONE sign DOMAIN SELECTOR KEYFILE METHOD FILE ... writes FILE.signature
#   dkim_other.pl ZONE seal DOMAIN SELECTOR KEYFILE SERVER FILE ... writes FILE.seal
use strict;
use warnings;
use Mail::DKIM::ARC::Signer;
use Mail::DKIM::ARC::Verifier;
use Mail::DKIM::DNS;
use Mail::DKIM::Signer;
use Mail::DKIM::Verifier;
use Net::DNS;

package Zone {
    sub new { my ($class, $file) = @_;
        open my $in, '<', $file or die "$file: $!";
        return bless {map { chomp; split /\t/, $_, 2 } <$in>}, $class; }

    sub send { my ($self, $name, $type) = @_;
        my $packet = Net::DNS::Packet->new($name, $type, 'IN');
        my $text = $self->{lc $name};
        $packet->header->rcode(defined $text ? 'NOERROR' : 'NXDOMAIN');
        $packet->push(answer => Net::DNS::RR->new(owner => $name, type => 'TXT', txtdata => [$text =~ /(.{1,255})/g])) if defined $text;
        return $packet; }

    sub errorstring { 'NOERROR' }
}

sub run { my ($worker, $file) = @_;
    open my $in, '<:raw', $file or die "$file: $!";
    local $/;
    $worker->PRINT(scalar <$in>);
    $worker->CLOSE;
    return $worker; }

sub keep { my ($file, $text) = @_;
    $text =~ s/\r?\n/\r\n/g;
    open my $out, '>:raw', $file or die "$file: $!";
    print $out $text, $text =~ /\n$/ ? '' : "\r\n"; }

my ($zone, $what, @rest) = @ARGV;
Mail::DKIM::DNS::resolver(Zone->new($zone));
if ($what eq 'verify') {
    for my $file (@rest) {
        my @found = map { $_->algorithm . '=' . $_->result } run(Mail::DKIM::Verifier->new, $file)->signatures;
        print join(' ', @found, 'arc=' . run(Mail::DKIM::ARC::Verifier->new, $file)->result), "\n";
    }
} else {
    my ($domain, $selector, $key, $more, @files) = @rest;
    my %common = (Algorithm => 'rsa-sha256', Domain => $domain, Selector => $selector, KeyFile => $key);
    for my $file (@files) {
        if ($what eq 'sign') {
            keep("$file.signature", run(Mail::DKIM::Signer->new(%common, Method => $more), $file)->signature->as_string);
        } else {
            my $signer = run(Mail::DKIM::ARC::Signer->new(%common, SrvId => $more, Chain => 'ar'), $file);
            keep("$file.seal", join("\r\n", $signer->as_strings) . "\r\n");
        }
    }
}
