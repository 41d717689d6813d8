// Certificates for tests, made when they are needed.
#pragma once

#include <filesystem>
#include <string>

namespace plumbline::tests {

struct CertificateFiles {
    std::string certificate; // PEM
    std::string privateKey;  // PEM
};

// A self-signed certificate for `host` (a DNS name, or an IPv4 address), valid for the next day, in `folder`.
CertificateFiles makeSelfSigned(const std::filesystem::path& folder, const std::string& host);

} // namespace plumbline::tests
