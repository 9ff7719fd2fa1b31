// Who the demo business sells to and what: names and numbers only. All of it is made up.

/** A customer: name, company or none, city, country, postal code, street, currency. */
export const CUSTOMERS: readonly (readonly [name: string, company: string, city: string, country: string, postal: string, street: string, currency: string])[] = [
  ['Budi Santoso', 'Warung Pagi', 'Jakarta', 'ID', '10110', 'Jl. Merdeka 12', 'idr'],
  ['Siti Rahmawati', '', 'Bandung', 'ID', '40111', 'Jl. Asia Afrika 8', 'idr'],
  ['Agus Wijaya', 'Kedai Senja', 'Yogyakarta', 'ID', '55111', 'Jl. Malioboro 52', 'idr'],
  ['Dewi Lestari', '', 'Denpasar', 'ID', '80113', 'Jl. Gajah Mada 3', 'idr'],
  ['Rizky Pratama', 'Ruang Kopi', 'Surabaya', 'ID', '60174', 'Jl. Pemuda 33', 'idr'],
  ['Putri Handayani', '', 'Semarang', 'ID', '50132', 'Jl. Pandanaran 17', 'idr'],
  ['Emma Fischer', 'Café Morgenrot', 'Berlin', 'DE', '10115', 'Invalidenstraße 44', 'eur'],
  ['Lukas Weber', '', 'Hamburg', 'DE', '20095', 'Mönckebergstraße 7', 'eur'],
  ['Camille Laurent', 'Le Petit Grain', 'Lyon', 'FR', '69002', 'Rue Mercière 21', 'eur'],
  ['Hugo Moreau', '', 'Paris', 'FR', '75011', 'Rue Oberkampf 98', 'eur'],
  ['Giulia Rossi', 'Bar Aurora', 'Torino', 'IT', '10121', 'Via Roma 15', 'eur'],
  ['Marco Bianchi', '', 'Milano', 'IT', '20121', 'Via Brera 9', 'eur'],
  ['Sofía García', 'La Tostadora', 'Valencia', 'ES', '46001', 'Calle de la Paz 5', 'eur'],
  ['Noor de Vries', 'Koffie & Co', 'Utrecht', 'NL', '3511', 'Oudegracht 210', 'eur'],
  ['Haruto Sato', 'Kissaten Hikari', 'Kyoto', 'JP', '604-8006', 'Kawaramachi 3-2', 'jpy'],
  ['Yui Tanaka', '', 'Tokyo', 'JP', '150-0001', 'Jingumae 4-12', 'jpy'],
  ['Ren Kobayashi', '', 'Osaka', 'JP', '530-0001', 'Umeda 1-1', 'jpy'],
  ['Aoi Yamamoto', 'Yama Roastery', 'Sapporo', 'JP', '060-0001', 'Odori Nishi 6', 'jpy'],
  ['Olivia Carter', 'Harbor Coffee', 'Portland', 'US', '97205', '812 SW Oak St', 'usd'],
  ['Liam Brooks', '', 'Austin', 'US', '78701', '45 Congress Ave', 'usd'],
  ['Ava Mitchell', 'Second Crack', 'Denver', 'US', '80202', '1600 Wynkoop St', 'usd'],
  ['Noah Bennett', '', 'Chicago', 'US', '60607', '222 W Randolph St', 'usd'],
  ['Mia Torres', 'Sunrise Deli', 'San Diego', 'US', '92101', '901 Fourth Ave', 'usd'],
  ['Ethan Ward', '', 'Boston', 'US', '02108', '17 Beacon St', 'usd'],
  ['Isabella Nguyen', 'Pho & Brew', 'Seattle', 'US', '98101', '1420 Pike Pl', 'usd'],
  ['James Okafor', '', 'Atlanta', 'US', '30303', '30 Marietta St', 'usd'],
  ['Charlotte Reed', 'The Daily Grind', 'Nashville', 'US', '37203', '1201 Division St', 'usd'],
  ['Benjamin Cole', '', 'Minneapolis', 'US', '55401', '8 Nicollet Mall', 'usd'],
  ['Amelia Price', 'Corner Bakery', 'Philadelphia', 'US', '19103', '1735 Market St', 'usd'],
  ['Lucas Hayes', '', 'Miami', 'US', '33130', '77 SW 8th St', 'usd'],
  ['Chloe Martin', 'Bean There', 'Toronto', 'CA', 'M5V 2T6', '300 King St W', 'usd'],
  ['William Chen', '', 'Vancouver', 'CA', 'V6B 1A1', '128 W Hastings St', 'usd'],
  ['Grace Kim', 'Morning Calm', 'Seoul', 'KR', '04524', 'Sejong-daero 110', 'usd'],
  ['Jack Wilson', '', 'Melbourne', 'AU', '3000', '14 Degraves St', 'usd'],
  ['Harper Lee', 'Flat White Co', 'Sydney', 'AU', '2000', '200 George St', 'usd'],
  ['Priya Sharma', '', 'Singapore', 'SG', '048616', '8 Marina Blvd', 'usd'],
  ['Daniel Tan', 'Kopitiam 88', 'Singapore', 'SG', '058416', '88 Smith St', 'usd'],
  ['Freya Hansen', 'Nordlys Kaffe', 'Copenhagen', 'DK', '1050', 'Nyhavn 22', 'eur'],
  ['Oscar Lind', '', 'Stockholm', 'SE', '111 29', 'Drottninggatan 40', 'eur'],
  ['Zoe Papadaki', 'Meraki', 'Athens', 'GR', '105 58', 'Adrianou 60', 'eur'],
];

/** A price: key, currency, minor units, interval or none. */
type PriceData = readonly [key: string, currency: string, amount: number, interval: 'month' | 'year' | ''];

/** A product and its prices. */
export const PRODUCTS: readonly { readonly name: string; readonly description: string; readonly category: string; readonly prices: readonly PriceData[] }[] = [
  { name: 'Morning Cup subscription', description: 'Two bags of single-origin beans every month', category: 'subscription', prices: [['morning_month_usd', 'usd', 2900, 'month'], ['morning_month_eur', 'eur', 2700, 'month'], ['morning_month_idr', 'idr', 25_000_000, 'month'], ['morning_month_jpy', 'jpy', 3900, 'month'], ['morning_year_usd', 'usd', 29_900, 'year']] },
  { name: 'Office Pot subscription', description: 'Five kilograms a month for the office', category: 'subscription', prices: [['office_month_usd', 'usd', 12_900, 'month'], ['office_month_eur', 'eur', 11_900, 'month'], ['office_year_eur', 'eur', 119_000, 'year']] },
  { name: 'Wholesale plan', description: 'Roasting to order with weekly delivery', category: 'subscription', prices: [['wholesale_month_usd', 'usd', 49_000, 'month'], ['wholesale_year_idr', 'idr', 4_500_000_000, 'year']] },
  { name: 'Gayo Highlands 250 g', description: 'Washed arabica from Aceh', category: 'beans', prices: [['gayo_usd', 'usd', 1650, ''], ['gayo_idr', 'idr', 14_500_000, '']] },
  { name: 'Toraja Sapan 250 g', description: 'Wet-hulled arabica from Sulawesi', category: 'beans', prices: [['toraja_usd', 'usd', 1750, ''], ['toraja_eur', 'eur', 1590, '']] },
  { name: 'Kintamani Natural 250 g', description: 'Natural arabica from Bali', category: 'beans', prices: [['kintamani_usd', 'usd', 1850, ''], ['kintamani_jpy', 'jpy', 2400, '']] },
  { name: 'House Espresso 1 kg', description: 'The blend that is always there', category: 'beans', prices: [['espresso_usd', 'usd', 3800, ''], ['espresso_eur', 'eur', 3400, '']] },
  { name: 'Hand grinder', description: 'Steel burrs, forty clicks', category: 'equipment', prices: [['grinder_usd', 'usd', 12_900, ''], ['grinder_eur', 'eur', 11_900, '']] },
  { name: 'Pour-over set', description: 'Dripper, server and a hundred filters', category: 'equipment', prices: [['pourover_usd', 'usd', 5400, ''], ['pourover_jpy', 'jpy', 7800, '']] },
  { name: 'Barista workshop', description: 'Three hours, six people, one machine', category: 'education', prices: [['workshop_usd', 'usd', 9500, ''], ['workshop_eur', 'eur', 8900, ''], ['workshop_idr', 'idr', 85_000_000, '']] },
  { name: 'Machine service', description: 'Cleaning, gaskets and pressure check', category: 'service', prices: [['service_usd', 'usd', 18_000, ''], ['service_eur', 'eur', 16_500, '']] },
  { name: 'Gift card', description: 'For someone who is hard to please', category: 'gift', prices: [['gift_usd', 'usd', 5000, ''], ['gift_jpy', 'jpy', 6000, '']] },
];
